import { revokeKey } from '#lib/identity/api-keys/revoke-key';
import { revokeKeySchema } from '#lib/identity/api-keys/schemas';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(revokeKeySchema, async ({ actor, body, params }) => {
  await revokeKey(database(), actor, params.id ?? '', body);
  return { revoked: true };
});
