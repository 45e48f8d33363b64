import { DRAIN_NODE } from '#lib/console-api/nodes';
import { drainNode } from '#lib/nodes/onboarding/drain-node';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(DRAIN_NODE, async ({ actor, body, params }) => {
  await drainNode(database(), actor, params.id, body);
  return { changed: true as const };
});
