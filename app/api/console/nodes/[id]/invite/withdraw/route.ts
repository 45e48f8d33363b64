import { WITHDRAW_INVITE } from '#lib/console-api/nodes';
import { withdrawInvite } from '#lib/nodes/onboarding/withdraw-invite';
import { writeRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const POST = writeRoute(WITHDRAW_INVITE, async ({ actor, body, params }) => {
  await withdrawInvite(database(), actor, params.id, body);
  return { withdrawn: true as const };
});
