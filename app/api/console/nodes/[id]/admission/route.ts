import { PROPOSE_ADMISSION } from '#lib/console-api/nodes';
import { proposeAdmission } from '#lib/nodes/onboarding/propose-admission';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(PROPOSE_ADMISSION, ({ actor, body, params }) =>
  proposeAdmission(database(), actor, params.id, body),
);
