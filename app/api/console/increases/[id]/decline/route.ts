import { declineIncrease } from '#lib/budgets/increases/decline-increase';
import { DECLINE_INCREASE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(DECLINE_INCREASE, async ({ actor, body, params }) => {
  await declineIncrease(database(), actor, params.id, body);
  return { declined: true as const };
});
