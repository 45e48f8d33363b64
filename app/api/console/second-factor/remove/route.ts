import { REMOVE_SECOND_FACTOR } from '#lib/console-api/second-factor';
import { removeFactor } from '#lib/identity/second-factor/remove-factor';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

export const POST = writeRoute(REMOVE_SECOND_FACTOR, async ({ actor }) => {
  await removeFactor(database(), actor);
  return { removed: true as const };
});
