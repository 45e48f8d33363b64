import { z } from 'zod';
import { reasonSchema } from '#lib/identity/reason';
import { capEpsilonSchema } from '../changes/schemas.ts';

/** A cap that somebody wishes their own account had, in epsilon at its delta. */
export const askForMoreSchema = z.strictObject({
  accountId: z.uuid(),
  epsilon: capEpsilonSchema,
  reason: reasonSchema,
});
export type AskForMore = z.output<typeof askForMoreSchema>;

export const declineSchema = z.strictObject({ answer: reasonSchema });
export type Decline = z.output<typeof declineSchema>;
