import { REQUEST_EXPORT } from '#lib/console-api/exports';
import { exportRequests, REQUEST_EXPORT_COLUMNS } from '#lib/requests/export-requests';
import { parseRequestQuery } from '#lib/requests/request-query';
import { REQUEST_RANGE, REQUEST_TABLE } from '#lib/requests/request-table';
import { requireReadable } from '#lib/tables/require-readable';
import { parseRange } from '#lib/time/range';
import { readRoute } from '../../../../_server/console-route.ts';
import { csvOf } from '../../../../_server/csv-of.ts';
import { database } from '../../../../_server/database.ts';
import { viewerZone } from '../../../../_server/zone.ts';

export const GET = readRoute(REQUEST_EXPORT, async ({ actor, query }) => {
  requireReadable(REQUEST_TABLE, query);
  const range = parseRange(query, { zone: await viewerZone(), fallback: REQUEST_RANGE });
  const rows = await exportRequests(database(), actor, parseRequestQuery(query, range));
  return csvOf('requests', REQUEST_EXPORT_COLUMNS, rows);
});
