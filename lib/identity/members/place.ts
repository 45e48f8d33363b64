import { z } from 'zod';
import { ROLES } from '#lib/actor';

/** Where a person stands in an organisation. A node operator looks after one hospital, and nobody else is tied to one. */
export const placeFields = {
  role: z.enum(ROLES),
  departmentId: z.uuid(),
  hospitalId: z.uuid().nullable(),
};

type Site = { role: (typeof ROLES)[number]; hospitalId: string | null };
export const hasItsSite = ({ role, hospitalId }: Site) =>
  (role === 'node_operator') === (hospitalId !== null);
export const SITE_ISSUE = {
  path: ['hospitalId'],
  message: 'A node operator has one hospital; no other role has any.',
};

export const placeSchema = z.strictObject(placeFields).refine(hasItsSite, SITE_ISSUE);
export type Place = z.output<typeof placeSchema>;
