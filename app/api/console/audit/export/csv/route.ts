import { AUDIT_EXPORT_COLUMNS, csvRows } from '#lib/audit-rows/export-rows';
import { AUDIT_CSV } from '#lib/console-api/audit';
import { auditExport } from '../../../../../_server/audit-export.ts';
import { readRoute } from '../../../../../_server/console-route.ts';
import { csvOf } from '../../../../../_server/csv-of.ts';
import { database } from '../../../../../_server/database.ts';

export const GET = readRoute(AUDIT_CSV, async ({ actor, query }) => {
  const rows = await auditExport(actor, query, 'csv');
  return csvOf('audit', AUDIT_EXPORT_COLUMNS, csvRows(database(), actor, rows));
});
