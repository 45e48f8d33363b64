import type { PrincipalActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import type { CsvValue } from '#lib/tables/csv';
import { endingBy, everyRow } from '#lib/tables/every-row';
import { listRequests, type RequestRow } from './list-requests.ts';
import { matchingRequests, type RequestQuery } from './request-query.ts';

const ROWS_AT_ONCE = 500;

/**
 * All requests that the query keeps, to take along. That they were taken is in the audit log before the first row
 * leaves: how many and narrowed by what, never which. Throws ForbiddenError for a role that may not export.
 */
export async function exportRequests(
  db: Database,
  actor: PrincipalActor,
  query: RequestQuery,
  now = new Date(),
): Promise<AsyncIterable<RequestRow>> {
  // What arrives while the file is written is not in it: the number in the log stays true.
  const until = { ...query, range: endingBy(query.range, now), after: null, size: ROWS_AT_ONCE };
  const where = matchingRequests(actor, until, 'request.export');
  await db.$transaction(async (transaction) => {
    const [count, principal] = await Promise.all([
      transaction.request.count({ where }),
      actingPseudonym(transaction, actor),
    ]);
    const event = { v: 1, atMs: now.getTime(), type: 'request.exported' } as const;
    await recordLeaf(
      transaction,
      { ...event, principal, count, narrowedBy: narrowedBy(query) },
      actor.organisationId,
    );
  });
  return everyRow((after) => listRequests(db, actor, { ...until, after }));
}

/** The names of the filters in use: what they were set to could name somebody. */
function narrowedBy({ filters, search, range }: RequestQuery): string[] {
  const used = Object.entries(filters).filter(([, values]) => values.length > 0);
  return [...used.map(([name]) => name), ...(search ? ['id'] : []), ...(range ? ['time'] : [])].toSorted();
}

export const REQUEST_EXPORT_COLUMNS: readonly [string, (row: RequestRow) => CsvValue][] = [
  ['id', (row) => row.id],
  ['asked_at', (row) => row.createdAt],
  ['settled_at', (row) => row.settledAt],
  ['state', (row) => row.state],
  ['reason', (row) => row.errorCode],
  ['asked_by', (row) => row.userName],
  ['department', (row) => row.departmentName],
  ['with_api_key', (row) => row.viaApiKey],
  ['purpose', (row) => row.purpose],
  ['route', (row) => row.route],
  ['mechanism', (row) => row.mechanism],
  ['mode', (row) => row.mode],
  ['model', (row) => row.model],
  ['nodes', (row) => row.nodes],
  ['shards', (row) => row.shards],
  ['labels', (row) => row.labelCount],
  ['epsilon', (row) => row.epsilon],
  ['delta', (row) => row.delta],
  ['reserved_rho', (row) => row.quotedRho],
  ['charged_rho', (row) => row.chargedRho],
  ['demo_history', (row) => row.isDemoHistory],
];
