import { RENEW_RECOVERY_CODES } from '#lib/console-api/second-factor';
import { renewRecoveryCodes } from '#lib/identity/second-factor/renew-recovery-codes';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';
import { atProofPace, signInKeys } from '../../../../_server/sign-in-keys.ts';

export const POST = writeRoute(RENEW_RECOVERY_CODES, async ({ actor, body }) => {
  const proof = atProofPace(body);
  return { recoveryCodes: await renewRecoveryCodes(database(), actor, proof, signInKeys()) };
});
