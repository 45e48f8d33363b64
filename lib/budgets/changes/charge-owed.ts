import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Account } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import type { Owed } from './owed.ts';

/**
 * Charges what an account owes, as `adjustAllIn` does in the worker's transactions, in one of the console's. Returns the
 * account as it stands then. The table refuses what its cap cannot bear.
 */
export async function chargeOwed(
  tx: PrismaTransaction,
  account: Account,
  { rhoPico: owed, requests }: Owed,
  now: Date,
): Promise<Account> {
  if (owed === 0n) return account;
  const { id: accountId } = account;
  const known = await tx.request.findMany({
    where: { id: { in: requests.map(({ requestId }) => requestId) } },
    select: { id: true, mechanism: true },
  });
  const mechanisms = new Map(known.map(({ id, mechanism }) => [id, mechanism]));
  await tx.ledgerEntry.createMany({
    data: requests.map(({ requestId, rhoPico }) => ({
      id: randomUUID(),
      requestId,
      accountId,
      kind: 'adjust' as const,
      spentDeltaPico: rhoPico,
      reservedDeltaPico: 0n,
      mechanism: mechanisms.get(requestId) ?? 'unknown',
      parameters: {},
      createdAt: now,
    })),
  });
  for (const { requestId, rhoPico } of requests) {
    const accounts = [{ accountId, rhoPico: String(rhoPico) }];
    const adjusted = { v: 1, atMs: now.getTime(), type: 'ledger.adjust', cause: 'receipts' } as const;
    await recordLeaf(tx, { ...adjusted, requestId, accounts }, requestId);
  }
  return tx.account.update({ where: { id: accountId }, data: { spentRhoPico: { increment: owed } } });
}
