import { RENEW_INVITE } from '#lib/console-api/nodes';
import { renewInvite } from '#lib/nodes/onboarding/renew-invite';
import { writeRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const POST = writeRoute(RENEW_INVITE, ({ actor, body, params }) =>
  renewInvite(database(), actor, params.id, body),
);
