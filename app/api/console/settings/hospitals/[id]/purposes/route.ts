import { changePurpose, changePurposeSchema } from '#lib/settings/change-purpose';
import { writeRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const POST = writeRoute(changePurposeSchema, async ({ actor, body, params }) => {
  await changePurpose(database(), actor, params.id ?? '', body);
  return { answers: body.answers };
});
