import { type Params, parseTableQuery } from '#lib/tables/table-query';
import { AUDIT_TABLE, type AuditScope } from './row-table.ts';

/** What somebody wants to see of the log: the table's address, whose rows and, where the page has one, its time range. */
export type AuditQuery = ReturnType<typeof parseAuditQuery>;

export function parseAuditQuery(params: Params, range: { from: string; to: string } | null = null) {
  const scope: AuditScope = [params.scope].flat()[0] === 'federation' ? 'federation' : 'own';
  return { ...parseTableQuery(AUDIT_TABLE, params), scope, range };
}

/** The names of the filters in use: what they were set to could name somebody. */
export function narrowedBy({ filters, search, range, scope }: AuditQuery): string[] {
  const used = Object.entries(filters).filter(([, values]) => values.length > 0);
  return [
    ...used.map(([name]) => name),
    ...(search ? ['search'] : []),
    ...(range ? ['time'] : []),
    ...(scope === 'own' ? ['organisation'] : []),
  ].toSorted();
}
