import { proposeChange } from '#lib/budgets/changes/propose-change';
import { PROPOSE_CHANGE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = writeRoute(PROPOSE_CHANGE, ({ actor, body }) => proposeChange(database(), actor, body));
