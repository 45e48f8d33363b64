import { z } from 'zod';
import { MAX_PASSWORD } from '../new-password.ts';

export const acceptSchema = z.strictObject({
  token: z.string().min(16).max(200),
  password: z.string().max(MAX_PASSWORD),
});
export type Accept = z.output<typeof acceptSchema>;
