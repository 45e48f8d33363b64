import { PROVE } from '#lib/console-api/second-factor';
import { prove } from '#lib/identity/prove';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';
import { atProofPace, signInKeys } from '../../../_server/sign-in-keys.ts';

export const POST = writeRoute(PROVE, async ({ actor, body }) => {
  await prove(database(), actor, atProofPace(body), signInKeys());
  return { proved: true as const };
});
