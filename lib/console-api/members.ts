import { z } from 'zod';
import { inviteSchema } from '#lib/identity/invitations/invite-schema';
import { changeMemberSchema, setActiveSchema } from '#lib/identity/members/schemas';
import { defineRoute } from './definition.ts';

const params = z.object({ id: z.uuid() });
const offered = z.object({ id: z.uuid(), expiresAt: z.iso.datetime() });

export const INVITE = defineRoute({
  method: 'POST',
  path: '/api/console/invitations',
  summary: 'Invite somebody',
  description: 'They are sent a link that holds for 72 hours and once.',
  action: 'member.invite',
  body: inviteSchema,
  reply: offered,
});

export const RESEND_INVITATION = defineRoute({
  method: 'POST',
  path: '/api/console/invitations/{id}/resend',
  summary: 'Send an invitation again',
  description: 'The former link no longer works.',
  action: 'member.invite',
  params,
  body: z.strictObject({}),
  reply: offered,
});

export const WITHDRAW_INVITATION = defineRoute({
  method: 'POST',
  path: '/api/console/invitations/{id}/withdraw',
  summary: 'Withdraw an invitation',
  action: 'member.invite',
  params,
  body: z.strictObject({}),
  reply: z.object({ withdrawn: z.literal(true) }),
});

export const CHANGE_MEMBER = defineRoute({
  method: 'POST',
  path: '/api/console/members/{id}/place',
  summary: "Change a member's role, department or hospital",
  description:
    '`from` is what the change was decided on: where it is no longer so, nothing is changed (409).',
  action: 'member.change',
  params,
  body: changeMemberSchema,
  reply: z.object({ keysRevoked: z.int() }),
});

export const SET_ACTIVE = defineRoute({
  method: 'POST',
  path: '/api/console/members/{id}/active',
  summary: 'Disable a member, or let them in again',
  description:
    'Disabling ends their sessions, revokes their keys and withdraws their open invitations at once.',
  action: 'member.change',
  params,
  body: setActiveSchema,
  reply: z.object({ sessionsEnded: z.int(), keysRevoked: z.int(), invitationsWithdrawn: z.int() }),
});
