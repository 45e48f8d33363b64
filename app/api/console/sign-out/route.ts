import { SIGN_OUT } from '#lib/console-api/session';
import { closeSession } from '#lib/identity/sessions';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

/** Ends the session's row. Only then may the browser drop its cookie: next-auth would, whatever happened. */
export const POST = writeRoute(SIGN_OUT, async ({ actor }) => {
  await closeSession(database(), actor);
  return { ended: true as const };
});
