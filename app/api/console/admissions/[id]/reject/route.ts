import { REJECT_ADMISSION } from '#lib/console-api/nodes';
import { rejectAdmission } from '#lib/nodes/onboarding/reject-admission';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(REJECT_ADMISSION, async ({ actor, body, params }) => {
  await rejectAdmission(database(), actor, params.id, body);
  return { rejected: true as const };
});
