import { z } from 'zod';
import { endOtherSessions } from '#lib/identity/own-sessions';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

/** Ends every session of the person's but the one that asks. */
export const POST = writeRoute(z.strictObject({}), async ({ actor }) => ({
  ended: await endOtherSessions(database(), actor),
}));
