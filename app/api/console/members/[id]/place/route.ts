import { changeMember } from '#lib/identity/members/change-member';
import { changeMemberSchema } from '#lib/identity/members/schemas';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(changeMemberSchema, ({ actor, body, params }) =>
  changeMember(database(), actor, params.id ?? '', body),
);
