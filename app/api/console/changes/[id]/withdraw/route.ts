import { withdrawChange } from '#lib/budgets/changes/withdraw-change';
import { WITHDRAW_CHANGE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(WITHDRAW_CHANGE, async ({ actor, params }) => {
  await withdrawChange(database(), actor, params.id);
  return { withdrawn: true as const };
});
