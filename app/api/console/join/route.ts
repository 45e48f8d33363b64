import { JOIN } from '#lib/console-api/join';
import { acceptInvitation } from '#lib/identity/invitations/accept-invitation';
import { signedOutRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = signedOutRoute(JOIN, async ({ body }) => {
  const { email } = await acceptInvitation(database(), body);
  return { email };
});
