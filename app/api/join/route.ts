import { acceptInvitation, acceptSchema } from '#lib/identity/invitations/accept-invitation';
import { publicWriteRoute } from '../../_server/console-route.ts';
import { database } from '../../_server/database.ts';

/** Takes an invitation up. Nobody is signed in: the link's token is the permission. */
export const POST = publicWriteRoute(acceptSchema, async (body) => {
  const { email } = await acceptInvitation(database(), body);
  return { email };
});
