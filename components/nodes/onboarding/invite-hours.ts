/** How long a code may work, in hours: the last is the longest that there is. */
export const INVITE_HOURS = ['4', '24', '72'] as const;
