import { z } from 'zod';

/** A code of the app is six digits, a recovery code sixteen letters and digits in groups of four. */
export const codeSchema = z.string().trim().min(6).max(40);

export const proveSchema = z.strictObject({
  password: z.string().min(1).max(1024),
  code: codeSchema.nullable(),
});
export type Prove = z.output<typeof proveSchema>;

/** What takes both factors in the same request as what it changes. */
export const proveBothSchema = proveSchema.extend({ code: codeSchema });
