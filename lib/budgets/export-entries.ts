import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { authorise } from '#lib/identity/permissions';
import type { CsvValue } from '#lib/tables/csv';
import { endingBy, everyRow } from '#lib/tables/every-row';
import { accountEntries, type EntryRow, matchingEntries } from './account-entries.ts';
import { accountResource } from './account-resource.ts';

type Query = Omit<Parameters<typeof accountEntries>[2], 'after' | 'size'>;

const ROWS_AT_ONCE = 500;

/**
 * An account's ledger entries, to take along. That they were taken is in the audit log before the first row leaves.
 * Throws NotFoundError for an account that is not the actor's to see, ForbiddenError for a role that may not export.
 */
export async function exportEntries(
  db: Database,
  actor: PrincipalActor,
  accountId: string,
  query: Query,
  now = new Date(),
): Promise<AsyncIterable<EntryRow>> {
  const account = z.uuid().safeParse(accountId).success
    ? await db.account.findUnique({ where: { id: accountId } })
    : null;
  if (!account) throw new NotFoundError();
  authorise(actor, 'account.export', accountResource(account));
  // What arrives while the file is written is not in it: the number in the log stays true.
  const until = { ...query, range: endingBy(query.range ?? null, now) };
  await db.$transaction(async (transaction) => {
    const [count, principal] = await Promise.all([
      transaction.ledgerEntry.count({ where: matchingEntries(accountId, until) }),
      actingPseudonym(transaction, actor),
    ]);
    const event = { v: 1, atMs: now.getTime(), type: 'account.exported' } as const;
    await recordLeaf(transaction, { ...event, principal, accountId, count }, accountId);
  });
  return everyRow((after) => accountEntries(db, accountId, { ...until, after, size: ROWS_AT_ONCE }));
}

export const ENTRY_EXPORT_COLUMNS: readonly [string, (row: EntryRow) => CsvValue][] = [
  ['id', (row) => row.id],
  ['at', (row) => row.createdAt],
  ['entry', (row) => row.kind],
  ['spent_rho', (row) => row.spentDelta],
  ['reserved_rho', (row) => row.reservedDelta],
  ['mechanism', (row) => row.mechanism],
  ['request_id', (row) => row.requestId],
];
