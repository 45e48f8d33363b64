import { END_OTHER_SESSIONS } from '#lib/console-api/settings';
import { endOtherSessions } from '#lib/identity/own-sessions';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

/** Ends every session of the person's but the one that asks. */
export const POST = writeRoute(END_OTHER_SESSIONS, async ({ actor }) => ({
  ended: await endOtherSessions(database(), actor),
}));
