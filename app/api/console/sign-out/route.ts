import { z } from 'zod';
import { revokeSession } from '#lib/identity/sessions';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

/** Ends the session's row. Only then may the browser drop its cookie: next-auth would, whatever happened. */
export const POST = writeRoute(z.strictObject({}), async ({ actor }) => {
  await revokeSession(database(), actor.sessionId);
  return { ended: true };
});
