import { inviteMember } from '#lib/identity/invitations/invite-member';
import { inviteSchema } from '#lib/identity/invitations/invite-schema';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';
import { invitationKey } from '../../../_server/invitation-key.ts';

export const POST = writeRoute(inviteSchema, ({ actor, body }) =>
  inviteMember(database(), actor, invitationKey(), body),
);
