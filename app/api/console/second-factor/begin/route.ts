import { BEGIN_SECOND_FACTOR } from '#lib/console-api/second-factor';
import { beginEnrolment } from '#lib/identity/second-factor/begin-enrolment';
import { writeRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';
import { secondFactorKeys } from '../../../../_server/sign-in-keys.ts';

export const POST = writeRoute(BEGIN_SECOND_FACTOR, ({ actor }) =>
  beginEnrolment(database(), actor, secondFactorKeys()),
);
