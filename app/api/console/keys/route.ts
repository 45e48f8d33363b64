import { createKey } from '#lib/identity/api-keys/create-key';
import { createKeySchema } from '#lib/identity/api-keys/schemas';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = writeRoute(createKeySchema, ({ actor, body }) => createKey(database(), actor, body));
