import { REVOKE_NODE } from '#lib/console-api/nodes';
import { revokeNode } from '#lib/nodes/onboarding/revoke-node';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(REVOKE_NODE, async ({ actor, body, params }) => {
  await revokeNode(database(), actor, params.id, body);
  return { changed: true as const };
});
