import { CONFIRM_WORDS } from '#lib/console-api/nodes';
import { confirmWords } from '#lib/nodes/onboarding/confirm-words';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(CONFIRM_WORDS, async ({ actor, body, params }) => {
  await confirmWords(database(), actor, params.id, body);
  return { certified: true as const };
});
