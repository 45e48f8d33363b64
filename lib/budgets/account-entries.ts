import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { afterCursor, decodeCursor, toPage } from '#lib/requests/cursor';

const PAGE_SIZE = 25;

/** An account's ledger entries, newest first. The caller has authorised the account. */
export async function accountEntries(db: Database, accountId: string, after?: string) {
  const rows = await db.ledgerEntry.findMany({
    where: { AND: [{ accountId }, afterCursor(decodeCursor(after))] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
  });
  const page = toPage(rows, PAGE_SIZE);
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
