import { REVOKE_KEY } from '#lib/console-api/keys';
import { revokeKey } from '#lib/identity/api-keys/revoke-key';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(REVOKE_KEY, async ({ actor, body, params }) => {
  await revokeKey(database(), actor, params.id, body);
  return { revoked: true as const };
});
