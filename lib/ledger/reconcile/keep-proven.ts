import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import type { SignedReceipt } from '#lib/nodes/receipt';
import { type ChargedProven, chargeProven, type Periods } from './charge-proven.ts';
import { keepReceipts } from './keep-receipts.ts';
import { lockChargeable } from './lock-chargeable.ts';

/**
 * Keeps verified receipts of one node, a run of numbers without a gap, and charges what they prove and the ledger
 * lacks, in one transaction. @throws TwoReceiptsError
 */
export async function keepProven(
  pool: Pool,
  receipts: readonly SignedReceipt[],
  periods: Periods,
  now: Date,
): Promise<ChargedProven & { added: number }> {
  return transaction(pool, async (client) => {
    const requestIds = [...new Set(receipts.map(({ receipt }) => receipt.requestId))];
    await lockChargeable(client, receipts[0]!.receipt.nodeId, requestIds, periods);
    const added = await keepReceipts(client, receipts);
    return { added, ...(await chargeProven(client, requestIds, periods, now)) };
  });
}
