/** The states of a request, the usual one first. */
export const REQUEST_STATES = ['answered', 'reserved', 'failed', 'refused'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
