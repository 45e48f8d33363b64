import { z } from 'zod';
import { hasItsSite, placeFields, SITE_ISSUE } from '../members/place.ts';
import { plainText } from '../plain-text.ts';

export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));

export const inviteSchema = z
  .strictObject({ name: plainText({ max: 120 }), email: emailSchema, ...placeFields })
  .refine(hasItsSite, SITE_ISSUE);
export type Invite = z.output<typeof inviteSchema>;
