import { plainLines } from './plain-text.ts';
import { MAX_REASON, MIN_REASON } from './reason-length.ts';

/** Why somebody does what cannot be undone by a click: a few words that will make sense to another person. */
export const reasonSchema = plainLines({ min: MIN_REASON, max: MAX_REASON });
