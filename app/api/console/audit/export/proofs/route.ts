import { proofLines } from '#lib/audit-rows/export-rows';
import { AUDIT_PROOFS } from '#lib/console-api/audit';
import { auditExport } from '../../../../../_server/audit-export.ts';
import { readRoute } from '../../../../../_server/console-route.ts';
import { database } from '../../../../../_server/database.ts';
import { ndjsonResponse } from '../../../../../_server/ndjson-response.ts';

export const GET = readRoute(AUDIT_PROOFS, async ({ actor, query }) =>
  ndjsonResponse('audit-proofs', proofLines(database(), await auditExport(actor, query, 'proofs'))),
);
