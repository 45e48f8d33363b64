import { setActiveSchema } from '#lib/identity/members/schemas';
import { setActive } from '#lib/identity/members/set-active';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(setActiveSchema, ({ actor, body, params }) =>
  setActive(database(), actor, params.id ?? '', body),
);
