import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { afterCursor, cursorDate, decodeCursor, toPage } from '#lib/tables/cursor';
import type { TableQuery } from '#lib/tables/table-query';
import type { ENTRY_KINDS } from './entry-table.ts';

type EntryQuery = Pick<
  TableQuery<'createdAt', { kind: typeof ENTRY_KINDS }>,
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
    omit: { parameters: true },
  });
  const page = toPage(rows, size, ({ createdAt, id }) => ({
    sort: 'createdAt',
    value: createdAt.toISOString(),
    id,
  }));
  return {
    next: page.next,
    rows: page.rows.map((row) => ({
      id: row.id,
      requestId: row.requestId,
      kind: row.kind,
      spentDelta: formatRho(row.spentDeltaPico),
      reservedDelta: formatRho(row.reservedDeltaPico),
      mechanism: row.mechanism,
      createdAt: row.createdAt,
    })),
  };
}
export type EntryRow = Awaited<ReturnType<typeof accountEntries>>['rows'][number];
