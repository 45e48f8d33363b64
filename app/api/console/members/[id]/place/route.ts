import { CHANGE_MEMBER } from '#lib/console-api/members';
import { changeMember } from '#lib/identity/members/change-member';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(CHANGE_MEMBER, ({ actor, body, params }) =>
  changeMember(database(), actor, params.id, body),
);
