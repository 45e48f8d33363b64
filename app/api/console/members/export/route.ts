import { MEMBER_EXPORT } from '#lib/console-api/exports';
import { exportMembers, MEMBER_EXPORT_COLUMNS } from '#lib/identity/members/export-members';
import { memberShape } from '#lib/identity/members/member-shape';
import { requireReadable } from '#lib/tables/require-readable';
import { parseTableQuery } from '#lib/tables/table-query';
import { readRoute } from '../../../../_server/console-route.ts';
import { csvOf } from '../../../../_server/csv-of.ts';
import { database } from '../../../../_server/database.ts';

export const GET = readRoute(MEMBER_EXPORT, async ({ actor, query }) => {
  requireReadable(memberShape, query);
  const rows = await exportMembers(database(), actor, parseTableQuery(memberShape, query));
  return csvOf('members', MEMBER_EXPORT_COLUMNS, rows);
});
