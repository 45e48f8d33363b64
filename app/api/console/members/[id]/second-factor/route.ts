import { RESET_SECOND_FACTOR } from '#lib/console-api/second-factor';
import { resetFactor } from '#lib/identity/second-factor/reset-factor';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(RESET_SECOND_FACTOR, async ({ actor, body, params }) => ({
  sessionsEnded: await resetFactor(database(), actor, params.id, body),
}));
