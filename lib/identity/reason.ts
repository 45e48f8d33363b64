import { z } from 'zod';

export const MIN_REASON = 10;
export const MAX_REASON = 1000;

/** Why somebody does what cannot be undone by a click: a few words that will make sense to another person. */
export const reasonSchema = z.string().trim().min(MIN_REASON).max(MAX_REASON);
