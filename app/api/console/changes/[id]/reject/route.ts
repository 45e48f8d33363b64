import { rejectChange } from '#lib/budgets/changes/reject-change';
import { REJECT_CHANGE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(REJECT_CHANGE, async ({ actor, body, params }) => {
  await rejectChange(database(), actor, params.id, body);
  return { rejected: true as const };
});
