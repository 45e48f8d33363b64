import type { PrincipalActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import type { CsvValue } from '#lib/tables/csv';
import { everyRow } from '#lib/tables/every-row';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { authorise } from '../permissions.ts';
import { listMembers, type MemberRow, type MembersQuery, matchingMembers } from './list-members.ts';

const ROWS_AT_ONCE = 500;

/**
 * All members that the query keeps, to take along. That they were taken is in the audit log before the first row
 * leaves: how many, never who. Throws ForbiddenError for a role that may not export.
 */
export async function exportMembers(
  db: Database,
  actor: PrincipalActor,
  query: MembersQuery,
  now = new Date(),
): Promise<AsyncIterable<MemberRow>> {
  const { organisationId } = actor;
  authorise(actor, 'member.export', { kind: 'member', organisationId });
  // Who joins while the file is written is not in it: the number in the log stays true.
  const until = { ...query, joinedBy: now, after: null, size: ROWS_AT_ONCE };
  await db.$transaction(async (transaction) => {
    const [count, principal] = await Promise.all([
      transaction.user.count({ where: matchingMembers(actor, until) }),
      actingPseudonym(transaction, actor),
    ]);
    const event = { v: 1, atMs: now.getTime(), type: 'member.exported' } as const;
    await recordLeaf(transaction, { ...event, principal, count }, organisationId);
  });
  return everyRow((after) => listMembers(db, actor, { ...until, after }));
}

export const MEMBER_EXPORT_COLUMNS: readonly [string, (row: MemberRow) => CsvValue][] = [
  ['name', (row) => row.name],
  ['email', (row) => row.email],
  ['role', (row) => row.role],
  ['department', (row) => row.department],
  ['hospital', (row) => row.hospital],
  ['state', (row) => (row.isActive ? 'active' : 'disabled')],
  ['last_sign_in', (row) => row.lastSignInAt],
  ['member_since', (row) => row.createdAt],
];
