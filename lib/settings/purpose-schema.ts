import { z } from 'zod';
import { reasonSchema } from '#lib/identity/reason';

export const changePurposeSchema = z.strictObject({
  purpose: z.string().min(1).max(100),
  answers: z.boolean(),
  reason: reasonSchema,
});
export type ChangePurpose = z.output<typeof changePurposeSchema>;
