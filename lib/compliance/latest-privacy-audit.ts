import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PrincipalActor } from '#lib/actor';
import { webEnv } from '#lib/env';
import { authorise } from '#lib/identity/permissions';
import { type AuditReport, auditReportSchema } from '#lib/privacy/audit/report';

export type LatestPrivacyAudit =
  /** `own` was measured with this data folder; `shipped` came with this version of the product. */
  | { kind: 'found'; source: 'own' | 'shipped'; report: AuditReport }
  | { kind: 'none' }
  | { kind: 'unreadable' };

/** What `npm run audit` wrote last here, else the report that came with the product. Throws ForbiddenError. */
export async function latestPrivacyAudit(actor: PrincipalActor): Promise<LatestPrivacyAudit> {
  authorise(actor, 'privacy_audit.read', { kind: 'privacy_audit', organisationId: actor.organisationId });
  return readLatest(webEnv().FDLR_AUDIT_REPORT_FILE, resolve('docs/privacy-audit.json'));
}

/** The same for given places. A report that is there and cannot be read is never passed over for an older one. */
export async function readLatest(own: string | undefined, shipped: string): Promise<LatestPrivacyAudit> {
  const places = [
    { source: 'own', path: own },
    { source: 'shipped', path: shipped },
  ] as const;
  for (const { source, path } of places) {
    const text = path === undefined ? null : await textOf(path);
    if (text === null) continue;
    const report = parse(text);
    return report === null ? { kind: 'unreadable' } : { kind: 'found', source, report };
  }
  return { kind: 'none' };
}

/** A report has a few kilobytes; what is larger is none, and is not read into memory. */
const MAX_BYTES = 1024 * 1024;

/** null where there is no file, empty where it is none that could be read. */
async function textOf(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? '' : await readFile(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : '';
  }
}

function parse(text: string): AuditReport | null {
  try {
    return auditReportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
