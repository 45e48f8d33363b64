import { SUSPEND_NODE } from '#lib/console-api/nodes';
import { suspendNode } from '#lib/nodes/onboarding/suspend-node';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(SUSPEND_NODE, async ({ actor, body, params }) => {
  await suspendNode(database(), actor, params.id, body);
  return { changed: true as const };
});
