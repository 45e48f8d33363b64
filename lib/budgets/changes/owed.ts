import type { Account } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { findDeficits } from '#lib/ledger/reconcile/charge-proven';
import { periodBounds } from '../period-bounds.ts';

/** What receipts prove of requests and an account was not charged: no cap could bear it, or there was no account. */
export type Owed = { rhoPico: bigint; requests: { requestId: string; rhoPico: bigint }[] };

type Holder = Pick<Account, 'kind' | 'ownerId' | 'period'> & {
  /** Null before it is opened. */
  id: string | null;
};

/** What an account owes. Right as long as the caller holds its lock, or its nodes' where it is not open yet. */
export async function findOwed(tx: PrismaTransaction, account: Holder): Promise<Owed> {
  const asked = await candidates(tx, account);
  if (asked.length === 0) return { rhoPico: 0n, requests: [] };
  const client = {
    query: async (text: string, values: unknown[]) => ({
      rows: (await tx.$queryRawUnsafe(text, ...values)) as unknown[],
    }),
  };
  const ids = asked.map(({ id }) => id);
  const { deficits, homeless } = await findDeficits(client, ids, [account.period], 'node_receipt');
  const requests =
    account.id === null
      ? homeless.filter(({ datasetId }) => datasetId === account.ownerId)
      : deficits.filter(({ accountId }) => accountId === account.id);
  return { rhoPico: requests.reduce((sum, { rhoPico }) => sum + rhoPico, 0n), requests };
}

/** Requests of which more is proved than charged here. A receipt that came before a period began is not of it. */
async function candidates(tx: PrismaTransaction, { id, kind, ownerId, period }: Holder) {
  if (kind === 'dataset') {
    return tx.$queryRaw<{ id: string }[]>`
      SELECT r.request_id AS id FROM node n JOIN node_receipt r ON r.node_id = n.id
      WHERE n.dataset_id = ${ownerId}::uuid AND r.created_at >= ${periodBounds(period).start}
      GROUP BY r.request_id HAVING sum(r.rho_pico) >
        coalesce((SELECT sum(spent_delta_pico) FROM ledger_entry
                  WHERE request_id = r.request_id AND account_id = ${id}::uuid), 0)`;
  }
  // A caller's account is known from its entries alone, and charged beyond them only where they were given back.
  return tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT e.request_id AS id FROM ledger_entry e JOIN request q ON q.id = e.request_id
    WHERE e.account_id = ${id}::uuid AND e.kind = 'release' AND q.state = 'failed'`;
}

/** Those whose datasets' accounts are opened wait for those who keep their receipts, and they for these. */
export async function lockNodesOf(tx: PrismaTransaction, datasetId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM node WHERE dataset_id = ${datasetId}::uuid ORDER BY id FOR UPDATE`;
}
