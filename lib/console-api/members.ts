import { z } from 'zod';
import { inviteSchema } from '#lib/identity/invitations/invite-schema';
import { changeMemberSchema, setActiveSchema } from '#lib/identity/members/schemas';
import { defineRoute } from './definition.ts';

const params = z.object({ id: z.uuid() });
const offered = z.object({ id: z.uuid(), expiresAt: z.iso.datetime() });
const nothing = z.strictObject({});

export const CHANGE_MEMBER = defineRoute({
  method: 'POST',
  path: '/api/console/members/{id}/place',
  summary: 'Change the role, department or hospital of a member',
  description: '`from` is what was seen when it was decided: 409 when that is no longer so.',
  action: 'member.change',
  params,
  body: changeMemberSchema,
  reply: z.object({ keysRevoked: z.int() }),
});

export const SET_MEMBER_ACTIVE = defineRoute({
  method: 'POST',
  path: '/api/console/members/{id}/active',
  summary: 'Disable a member, or enable them again',
  description: 'Disabling ends sessions and revokes keys at once; enabling brings back neither.',
  action: 'member.change',
  params,
  body: setActiveSchema,
  reply: z.object({ sessionsEnded: z.int(), keysRevoked: z.int() }),
});

export const INVITE = defineRoute({
  method: 'POST',
  path: '/api/console/invitations',
  summary: 'Invite a member by mail',
  action: 'member.invite',
  body: inviteSchema,
  reply: offered,
});

export const RESEND_INVITATION = defineRoute({
  method: 'POST',
  path: '/api/console/invitations/{id}/resend',
  summary: 'Send an invitation again with a new link',
  description: 'The reply names the invitation that takes its place; the former link no longer works.',
  action: 'member.invite',
  params,
  body: nothing,
  reply: offered,
});

export const WITHDRAW_INVITATION = defineRoute({
  method: 'POST',
  path: '/api/console/invitations/{id}/withdraw',
  summary: 'Withdraw an invitation',
  action: 'member.invite',
  params,
  body: nothing,
  reply: z.object({ withdrawn: z.literal(true) }),
});
