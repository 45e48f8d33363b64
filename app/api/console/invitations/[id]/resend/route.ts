import { RESEND_INVITATION } from '#lib/console-api/members';
import { resendInvitation } from '#lib/identity/invitations/resend-invitation';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';
import { invitationKey } from '../../../../../_server/invitation-key.ts';

export const POST = writeRoute(RESEND_INVITATION, ({ actor, params }) =>
  resendInvitation(database(), actor, invitationKey(), params.id),
);
