import { z } from 'zod';
import { plainText } from '../plain-text.ts';
import { reasonSchema } from '../reason.ts';

/** No key works for ever: what nobody looks after ends by itself. */
export const KEY_DAYS = [30, 90, 365] as const;

export const createKeySchema = z.strictObject({
  name: plainText({ max: 80 }),
  days: z.literal(KEY_DAYS),
});
export type CreateKey = z.output<typeof createKeySchema>;

export const revokeKeySchema = z.strictObject({ reason: reasonSchema });
export type RevokeKey = z.output<typeof revokeKeySchema>;
