import type { LedgerEntry } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { afterCursor, cursorDate, decodeCursor, toPage } from '#lib/tables/cursor';
import type { TableQuery } from '#lib/tables/table-query';
import type { ENTRY_KINDS, ENTRY_MECHANISMS } from './entry-table.ts';

export type EntryQuery = Pick<
  TableQuery<'createdAt', { kind: typeof ENTRY_KINDS; mechanism: typeof ENTRY_MECHANISMS }>,
  'sort' | 'filters' | 'after' | 'size'
> & { range?: { from: string; to: string } | null };

/** An account's ledger entries that the query keeps, as a Prisma filter. */
export function matchingEntries(
  accountId: string,
  { filters, range }: Pick<EntryQuery, 'filters' | 'range'>,
) {
  return {
    accountId,
    ...(filters.kind.length > 0 ? { kind: { in: filters.kind } } : {}),
    ...(filters.mechanism.length > 0 ? { mechanism: { in: filters.mechanism } } : {}),
    ...(range ? { createdAt: { gte: new Date(range.from), lt: new Date(range.to) } } : {}),
  };
}

/** One page of an account's ledger entries. The caller has authorised the account. */
export async function accountEntries(db: Database, accountId: string, query: EntryQuery) {
  const { sort, after, size } = query;
  const direction = sort.descending ? 'desc' : 'asc';
  const place = decodeCursor(after, { sort: 'createdAt', value: cursorDate });
  const past = place && { ...place, value: new Date(place.value) };
  const rows = await db.ledgerEntry.findMany({
    where: { AND: [matchingEntries(accountId, query), afterCursor('createdAt', sort.descending, past)] },
    orderBy: [{ createdAt: direction }, { id: direction }],
    take: size + 1,
  });
  const page = toPage(rows, size, ({ createdAt, id }) => ({
    sort: 'createdAt',
    value: createdAt.toISOString(),
    id,
  }));
  return {
    next: page.next,
    rows: page.rows.map(toEntryRow),
  };
}

/** What lists and exports show of an entry. */
export function toEntryRow(row: LedgerEntry) {
  return {
    id: row.id,
    requestId: row.requestId,
    kind: row.kind,
    spentDelta: formatRho(row.spentDeltaPico),
    reservedDelta: formatRho(row.reservedDeltaPico),
    mechanism: row.mechanism,
    parameters: row.parameters as unknown,
    createdAt: row.createdAt,
  };
}
export type EntryRow = ReturnType<typeof toEntryRow>;
