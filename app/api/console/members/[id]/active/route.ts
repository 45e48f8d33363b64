import { SET_MEMBER_ACTIVE } from '#lib/console-api/members';
import { setActive } from '#lib/identity/members/set-active';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(SET_MEMBER_ACTIVE, ({ actor, body, params }) =>
  setActive(database(), actor, params.id, body),
);
