/** Of a written reason, in characters. */
export const MIN_REASON = 10;
export const MAX_REASON = 1000;
