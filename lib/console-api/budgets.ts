import { z } from 'zod';
import { decideSchema, proposeSchema } from '#lib/budgets/changes/schemas';
import { askForMoreSchema, declineSchema } from '#lib/budgets/increases/schemas';
import { defineRoute } from './definition.ts';

const params = z.object({ id: z.uuid() });
const made = z.object({ id: z.uuid() });
const PROVED = 'It takes a second factor, proved within the last five minutes; else 403 `proof_needed`.';

export const PROPOSE_CHANGE = defineRoute({
  method: 'POST',
  path: '/api/console/changes',
  summary: 'Propose a change to a budget',
  description: `Nothing moves until a second person approves it. ${PROVED}`,
  action: 'budget.propose',
  body: proposeSchema,
  reply: made,
});

export const APPROVE_CHANGE = defineRoute({
  method: 'POST',
  path: '/api/console/changes/{id}/approve',
  summary: 'Approve a change to a budget',
  description: `Never one's own. A cap below what is spent and reserved is refused (422), never clamped. ${PROVED}`,
  action: 'budget.decide',
  params,
  body: decideSchema,
  reply: z.object({ accountId: z.uuid() }),
});

export const REJECT_CHANGE = defineRoute({
  method: 'POST',
  path: '/api/console/changes/{id}/reject',
  summary: 'Reject a change to a budget',
  action: 'budget.decide',
  params,
  body: decideSchema,
  reply: z.object({ rejected: z.literal(true) }),
});

export const WITHDRAW_CHANGE = defineRoute({
  method: 'POST',
  path: '/api/console/changes/{id}/withdraw',
  summary: 'Take a proposed change back',
  action: 'budget.propose',
  params,
  body: z.strictObject({}),
  reply: z.object({ withdrawn: z.literal(true) }),
});

export const ASK_FOR_MORE = defineRoute({
  method: 'POST',
  path: '/api/console/increases',
  summary: 'Ask for more budget than you have',
  description: 'It goes to the data-protection officers and moves nothing by itself.',
  action: 'budget.ask',
  body: askForMoreSchema,
  reply: made,
});

export const DECLINE_INCREASE = defineRoute({
  method: 'POST',
  path: '/api/console/increases/{id}/decline',
  summary: 'Decline a request for more budget',
  description: 'To grant it, propose a change that names it.',
  action: 'budget.propose',
  params,
  body: declineSchema,
  reply: z.object({ declined: z.literal(true) }),
});

export const WITHDRAW_INCREASE = defineRoute({
  method: 'POST',
  path: '/api/console/increases/{id}/withdraw',
  summary: 'Take your request for more budget back',
  action: 'budget.ask',
  params,
  body: z.strictObject({}),
  reply: z.object({ withdrawn: z.literal(true) }),
});
