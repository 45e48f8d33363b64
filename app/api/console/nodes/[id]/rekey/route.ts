import { ORDER_REKEY } from '#lib/console-api/nodes';
import { orderRekey } from '#lib/nodes/onboarding/order-rekey';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(ORDER_REKEY, async ({ actor, body, params }) => {
  await orderRekey(database(), actor, params.id, body);
  return { changed: true as const };
});
