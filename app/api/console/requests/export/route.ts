import { EXPORT_REQUESTS } from '#lib/console-api/exports';
import { exportRequests, REQUEST_EXPORT_COLUMNS } from '#lib/requests/export-requests';
import { parseRequestQuery } from '#lib/requests/request-query';
import { REQUEST_RANGE } from '#lib/requests/request-table';
import { parseRange } from '#lib/time/range';
import { csvRoute } from '../../../../_server/csv-route.ts';
import { database } from '../../../../_server/database.ts';
import { viewerZone } from '../../../../_server/zone.ts';

export const GET = csvRoute(EXPORT_REQUESTS, REQUEST_EXPORT_COLUMNS, async ({ actor, search }) => {
  const range = parseRange(search, { zone: await viewerZone(), fallback: REQUEST_RANGE });
  const rows = await exportRequests(database(), actor, parseRequestQuery(search, range));
  return { name: 'requests', rows };
});
