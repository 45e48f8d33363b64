/** Tokens of a short answer; as much as a round header may say (a test holds the two together). */
export const MAX_ANSWER_TOKENS = 160;
/** How long an answer one may choose on the Ask page. */
export const ANSWER_LENGTHS = [16, 32, 64, 128] as const;
export const DEFAULT_ANSWER_LENGTH = 64;
