import { z } from 'zod';
import { defineRoute } from './definition.ts';

const share = z.number().nullable();

export const ACCOUNT_EFFICIENCY = defineRoute({
  method: 'GET',
  path: '/api/console/budgets/{id}/efficiency',
  summary: 'See how tightly an account was charged',
  description:
    'The least epsilon that any accountant proves for all that was charged for, as if it had run, over the epsilon charged for it, for the account’s period. The proof is for questions and lengths fixed beforehand. Measured again when something was charged since.',
  action: 'account.read',
  params: z.object({ id: z.uuid() }),
  reply: z.object({
    delta: z.string(),
    period: z.string(),
    computedAt: z.iso.datetime(),
    charges: z.int(),
    draws: z.int(),
    unknownCharges: z.int(),
    chargedEpsilon: z.number(),
    provenEpsilon: z.number(),
    attainedEpsilon: z.number(),
    provenBy: z.enum(['charge', 'rdp', 'pld']),
    efficiency: share,
    reason: z.enum(['few_draws', 'loose_charge']).nullable(),
  }),
});

export const PERIOD_EFFICIENCY = defineRoute({
  method: 'GET',
  path: '/api/console/budgets/efficiency',
  summary: 'See how tightly the accounts of a year were charged',
  description: 'Over all accounts you may read, each weighted by its charged epsilon.',
  action: 'account.read',
  query: z.object({
    period: z
      .string()
      .regex(/^\d{4}$/)
      .optional()
      .meta({ description: 'A calendar year (UTC); this one when left out.' }),
  }),
  reply: z.object({
    efficiency: share,
    accounts: z.int(),
    atTarget: z.int(),
    computedAt: z.iso.datetime(),
  }),
});
