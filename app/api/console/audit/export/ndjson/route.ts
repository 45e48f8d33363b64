import { ndjsonLines } from '#lib/audit-rows/export-rows';
import { AUDIT_NDJSON } from '#lib/console-api/audit';
import { auditExport } from '../../../../../_server/audit-export.ts';
import { readRoute } from '../../../../../_server/console-route.ts';
import { ndjsonResponse } from '../../../../../_server/ndjson-response.ts';

export const GET = readRoute(AUDIT_NDJSON, async ({ actor, query }) =>
  ndjsonResponse('audit-entries', ndjsonLines(await auditExport(actor, query, 'ndjson'))),
);
