import { REMOVE_SECOND_FACTOR } from '#lib/console-api/second-factor';
import { removeFactor } from '#lib/identity/second-factor/remove-factor';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';
import { atProofPace, signInKeys } from '../../../../_server/sign-in-keys.ts';

export const POST = writeRoute(REMOVE_SECOND_FACTOR, async ({ actor, body }) => {
  await removeFactor(database(), actor, atProofPace(body), signInKeys());
  return { removed: true as const };
});
