import 'server-only';
import type { SessionActor } from '#lib/actor';
import { parseAuditQuery } from '#lib/audit-rows/audit-query';
import { type ExportFormat, exportRows } from '#lib/audit-rows/export-rows';
import { AUDIT_RANGE, AUDIT_TABLE } from '#lib/audit-rows/row-table';
import { requireReadable } from '#lib/tables/require-readable';
import type { Params } from '#lib/tables/table-query';
import { parseRange } from '#lib/time/range';
import { database } from './database.ts';
import { viewerZone } from './zone.ts';

/** The rows that an export's address names, as the page with the same address shows them. */
export async function auditExport(actor: SessionActor, params: Params, format: ExportFormat) {
  requireReadable(AUDIT_TABLE, params);
  const range = parseRange(params, { zone: await viewerZone(), fallback: AUDIT_RANGE });
  return exportRows(database(), actor, parseAuditQuery(params, range), format);
}
