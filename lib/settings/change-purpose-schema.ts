import { z } from 'zod';
import { plainText } from '#lib/identity/plain-text';
import { reasonSchema } from '#lib/identity/reason';

export const changePurposeSchema = z.strictObject({
  purpose: plainText({ max: 100 }),
  answers: z.boolean(),
  reason: reasonSchema,
});
export type ChangePurpose = z.output<typeof changePurposeSchema>;
