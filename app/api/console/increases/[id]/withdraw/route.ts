import { withdrawIncrease } from '#lib/budgets/increases/withdraw-increase';
import { WITHDRAW_INCREASE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(WITHDRAW_INCREASE, async ({ actor, params }) => {
  await withdrawIncrease(database(), actor, params.id);
  return { withdrawn: true as const };
});
