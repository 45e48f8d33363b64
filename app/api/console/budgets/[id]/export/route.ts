import { accountRange } from '#lib/budgets/account-range';
import { ENTRY_TABLE } from '#lib/budgets/entry-table';
import { ENTRY_EXPORT_COLUMNS, exportEntries } from '#lib/budgets/export-entries';
import { getAccount } from '#lib/budgets/get-account';
import { ENTRY_EXPORT } from '#lib/console-api/exports';
import { requireReadable } from '#lib/tables/require-readable';
import { parseTableQuery } from '#lib/tables/table-query';
import { readRoute } from '../../../../../_server/console-route.ts';
import { csvOf } from '../../../../../_server/csv-of.ts';
import { database } from '../../../../../_server/database.ts';
import { viewerZone } from '../../../../../_server/zone.ts';

export const GET = readRoute(ENTRY_EXPORT, async ({ actor, query, params: { id } }) => {
  requireReadable(ENTRY_TABLE, query);
  const { period } = await getAccount(database(), actor, id);
  const range = accountRange(query, period, { zone: await viewerZone() });
  const rows = await exportEntries(database(), actor, id, { ...parseTableQuery(ENTRY_TABLE, query), range });
  return csvOf(`budget-${id}`, ENTRY_EXPORT_COLUMNS, rows);
});
