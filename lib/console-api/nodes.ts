import { z } from 'zod';
import {
  confirmWordsSchema,
  invitedSchema,
  inviteNodeSchema,
  nodeReasonSchema,
  renewInviteSchema,
} from '#lib/nodes/onboarding/schemas';
import { defineRoute } from './definition.ts';

const params = z.object({ id: z.uuid() });
const PROVED = 'It takes a second factor, proved within the last five minutes; else 403 `proof_needed`.';
const ONCE = 'The code is in the reply and nowhere else: what is stored is its hash.';

export const INVITE_NODE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes',
  summary: "Invite a hospital's node",
  description: ONCE,
  action: 'node.invite',
  body: inviteNodeSchema,
  reply: invitedSchema,
});

export const RENEW_INVITE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/invite/renew',
  summary: 'Give a node a new code',
  description: `The former code no longer works, and what enrolled with it is forgotten. ${ONCE}`,
  action: 'node.invite',
  params,
  body: renewInviteSchema,
  reply: invitedSchema,
});

export const WITHDRAW_INVITE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/invite/withdraw',
  summary: 'Take an invite back',
  description: 'The code no longer works and the node is closed. Once it is certified, revoke it instead.',
  action: 'node.invite',
  params,
  body: nodeReasonSchema,
  reply: z.object({ withdrawn: z.literal(true) }),
});

export const CONFIRM_WORDS = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/words',
  summary: 'Certify a node by its six words',
  description: 'As the hospital read them out. Others than its own are refused: 422 `words_differ`.',
  action: 'node.change',
  params,
  body: confirmWordsSchema,
  reply: z.object({ certified: z.literal(true) }),
});

export const PROPOSE_ADMISSION = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/admission',
  summary: 'Propose that a node takes part',
  description: `For the first time or again; nothing changes until a second person approves it. ${PROVED}`,
  action: 'node.change',
  params,
  body: nodeReasonSchema,
  reply: z.object({ id: z.uuid() }),
});

export const APPROVE_ADMISSION = defineRoute({
  method: 'POST',
  path: '/api/console/admissions/{id}/approve',
  summary: 'Approve the admission of a node',
  description: `Never one's own proposal. It opens this year's budget of the node's records. ${PROVED}`,
  action: 'node.admit',
  params,
  body: nodeReasonSchema,
  reply: z.object({ nodeId: z.uuid() }),
});

export const REJECT_ADMISSION = defineRoute({
  method: 'POST',
  path: '/api/console/admissions/{id}/reject',
  summary: 'Reject the admission of a node',
  action: 'node.admit',
  params,
  body: nodeReasonSchema,
  reply: z.object({ rejected: z.literal(true) }),
});

export const WITHDRAW_ADMISSION = defineRoute({
  method: 'POST',
  path: '/api/console/admissions/{id}/withdraw',
  summary: 'Take a proposed admission back',
  action: 'node.change',
  params,
  body: z.strictObject({}),
  reply: z.object({ withdrawn: z.literal(true) }),
});

const changed = z.object({ changed: z.literal(true) });

export const DRAIN_NODE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/drain',
  summary: 'Take a node out of new cohorts',
  description: 'It finishes what it is answering. Back in takes two people.',
  action: 'node.change',
  params,
  body: nodeReasonSchema,
  reply: changed,
});

export const SUSPEND_NODE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/suspend',
  summary: "Close a node's connection until two people admit it again",
  action: 'node.change',
  params,
  body: nodeReasonSchema,
  reply: changed,
});

export const REVOKE_NODE = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/revoke',
  summary: 'End a node for good',
  description: 'At once: its connection closes, its certificates count no more, and a new key epoch begins.',
  action: 'node.change',
  params,
  body: nodeReasonSchema,
  reply: changed,
});

export const ORDER_REKEY = defineRoute({
  method: 'POST',
  path: '/api/console/nodes/{id}/rekey',
  summary: 'Have a node make a new key',
  description: 'It asks for a certificate of it over the connection it has; no request is lost by it.',
  action: 'node.change',
  params,
  body: nodeReasonSchema,
  reply: changed,
});
