import { ENTRY_TABLE } from '#lib/budgets/entry-table';
import { ENTRY_EXPORT_COLUMNS, exportEntries } from '#lib/budgets/export-entries';
import { parseTableQuery } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { csvRoute } from '../../../../../_server/csv-route.ts';
import { database } from '../../../../../_server/database.ts';
import { viewerZone } from '../../../../../_server/zone.ts';

export const GET = csvRoute(ENTRY_EXPORT_COLUMNS, async ({ actor, query, params }) => {
  const range = parseRange(query, { zone: await viewerZone() });
  const id = params.id ?? '';
  const rows = await exportEntries(database(), actor, id, { ...parseTableQuery(ENTRY_TABLE, query), range });
  return { name: `budget-${id}`, rows };
});
