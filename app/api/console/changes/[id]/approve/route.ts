import { approveChange } from '#lib/budgets/changes/approve-change';
import { APPROVE_CHANGE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const POST = writeRoute(APPROVE_CHANGE, ({ actor, body, params }) =>
  approveChange(database(), actor, params.id, body),
);
