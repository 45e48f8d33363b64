import { periodEfficiency } from '#lib/budgets/efficiency/period-efficiency';
import { PERIOD_EFFICIENCY } from '#lib/console-api/efficiency';
import { periodOf } from '#lib/ledger/period';
import { readRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

export const GET = readRoute(PERIOD_EFFICIENCY, ({ actor, query: { period } }) =>
  periodEfficiency(database(), actor, period ?? periodOf(new Date())),
);
