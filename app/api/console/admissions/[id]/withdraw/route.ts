import { WITHDRAW_ADMISSION } from '#lib/console-api/nodes';
import { withdrawAdmission } from '#lib/nodes/onboarding/withdraw-admission';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(WITHDRAW_ADMISSION, async ({ actor, params }) => {
  await withdrawAdmission(database(), actor, params.id);
  return { withdrawn: true as const };
});
