import { ACCOUNT_RANGE, ENTRY_TABLE } from '#lib/budgets/entry-table';
import { ENTRY_EXPORT_COLUMNS, exportEntries } from '#lib/budgets/export-entries';
import { ENTRY_EXPORT } from '#lib/console-api/exports';
import { parseTableQuery } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { readRoute } from '../../../../../_server/console-route.ts';
import { csvOf } from '../../../../../_server/csv-of.ts';
import { database } from '../../../../../_server/database.ts';
import { viewerZone } from '../../../../../_server/zone.ts';

export const GET = readRoute(ENTRY_EXPORT, async ({ actor, query, params: { id } }) => {
  const range = parseRange(query, { zone: await viewerZone(), fallback: ACCOUNT_RANGE });
  const rows = await exportEntries(database(), actor, id, { ...parseTableQuery(ENTRY_TABLE, query), range });
  return csvOf(`budget-${id}`, ENTRY_EXPORT_COLUMNS, rows);
});
