import { SIGN_OUT } from '#lib/console-api/session';
import { revokeSession } from '#lib/identity/sessions';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

/** Ends the session's row. Only then may the browser drop its cookie: next-auth would, whatever happened. */
export const POST = writeRoute(SIGN_OUT, async ({ actor }) => {
  await revokeSession(database(), actor.sessionId);
  return { ended: true as const };
});
