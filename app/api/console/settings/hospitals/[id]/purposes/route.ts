import { CHANGE_PURPOSE } from '#lib/console-api/settings';
import { changePurpose } from '#lib/settings/change-purpose';
import { writeRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const POST = writeRoute(CHANGE_PURPOSE, async ({ actor, body, params }) => {
  await changePurpose(database(), actor, params.id, body);
  return { answers: body.answers };
});
