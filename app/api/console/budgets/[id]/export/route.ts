import { ENTRY_TABLE } from '#lib/budgets/entry-table';
import { ENTRY_EXPORT_COLUMNS, exportEntries } from '#lib/budgets/export-entries';
import { EXPORT_ENTRIES } from '#lib/console-api/exports';
import { parseTableQuery } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { csvRoute } from '../../../../../_server/csv-route.ts';
import { database } from '../../../../../_server/database.ts';
import { viewerZone } from '../../../../../_server/zone.ts';

export const GET = csvRoute(EXPORT_ENTRIES, ENTRY_EXPORT_COLUMNS, async ({ actor, search, params }) => {
  const range = parseRange(search, { zone: await viewerZone() });
  const { id } = params;
  const rows = await exportEntries(database(), actor, id, { ...parseTableQuery(ENTRY_TABLE, search), range });
  return { name: `budget-${id}`, rows };
});
