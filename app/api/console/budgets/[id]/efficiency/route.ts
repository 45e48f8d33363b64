import { accountEfficiency } from '#lib/budgets/efficiency/account-efficiency';
import { ACCOUNT_EFFICIENCY } from '#lib/console-api/efficiency';
import { readRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';

export const GET = readRoute(ACCOUNT_EFFICIENCY, ({ actor, params: { id } }) =>
  accountEfficiency(database(), actor, id),
);
