import { CONFIRM_SECOND_FACTOR } from '#lib/console-api/second-factor';
import { confirmEnrolment } from '#lib/identity/second-factor/confirm-enrolment';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';
import { secondFactorKeys } from '../../../../_server/sign-in-keys.ts';

export const POST = writeRoute(CONFIRM_SECOND_FACTOR, async ({ actor, body }) => ({
  recoveryCodes: await confirmEnrolment(database(), actor, body, secondFactorKeys()),
}));
