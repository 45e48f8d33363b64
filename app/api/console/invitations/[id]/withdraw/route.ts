import { WITHDRAW_INVITATION } from '#lib/console-api/members';
import { withdrawInvitation } from '#lib/identity/invitations/withdraw-invitation';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(WITHDRAW_INVITATION, async ({ actor, params }) => {
  await withdrawInvitation(database(), actor, params.id);
  return { withdrawn: true as const };
});
