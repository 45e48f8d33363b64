import { z } from 'zod';
import { reasonSchema } from '../reason.ts';
import { placeSchema } from './place.ts';

/** `from` is what the person who decides saw: if it is no longer so, they are told instead of obeyed. */
export const changeMemberSchema = z.strictObject({
  from: placeSchema,
  to: placeSchema,
  reason: reasonSchema,
});
export type ChangeMember = z.output<typeof changeMemberSchema>;

export const setActiveSchema = z.strictObject({ active: z.boolean(), reason: reasonSchema });
export type SetActive = z.output<typeof setActiveSchema>;
