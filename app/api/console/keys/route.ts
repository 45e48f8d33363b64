import { CREATE_KEY } from '#lib/console-api/keys';
import { createKey } from '#lib/identity/api-keys/create-key';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = writeRoute(CREATE_KEY, ({ actor, body }) => createKey(database(), actor, body));
