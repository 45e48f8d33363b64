import { z } from 'zod';

export const MAX_REASON = 500;

/** Why somebody does what cannot be undone by a click: a few words that will make sense to another person. */
export const reasonSchema = z.string().trim().min(5).max(MAX_REASON);
