import { INVITE } from '#lib/console-api/members';
import { inviteMember } from '#lib/identity/invitations/invite-member';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';
import { invitationKey } from '../../../_server/invitation-key.ts';

export const POST = writeRoute(INVITE, ({ actor, body }) =>
  inviteMember(database(), actor, invitationKey(), body),
);
