import { APPROVE_ADMISSION } from '#lib/console-api/nodes';
import { approveAdmission } from '#lib/nodes/onboarding/approve-admission';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(APPROVE_ADMISSION, ({ actor, body, params }) =>
  approveAdmission(database(), actor, params.id, body),
);
