import type { PoolClient } from '#lib/db/pool';
import { receiptHash, type SignedReceipt } from '#lib/nodes/receipt';
import { STORED_RECEIPT_COLUMNS, type StoredReceipt, signedReceiptOf } from '#lib/nodes/stored-receipt';
import { insertReceipts } from '../insert-receipts.ts';

/** The node signed two receipts with one number: one of them is a lie. */
export class TwoReceiptsError extends Error {
  override readonly name = 'TwoReceiptsError';
  readonly seq: number;
  constructor(seq: number) {
    super(`the node signed two different receipts with number ${seq}`);
    this.seq = seq;
  }
}

/**
 * Keeps receipts of one node that the caller has verified, in order, without a gap. Returns how many were new.
 * @throws TwoReceiptsError when the ledger holds another one under one of the numbers.
 */
export async function keepReceipts(client: PoolClient, receipts: readonly SignedReceipt[]): Promise<number> {
  const added = await insertReceipts(client, receipts);
  if (added === receipts.length) return added;
  const { nodeId, seq: first } = receipts[0]!.receipt;
  const stored = await client.query<StoredReceipt>(
    `SELECT ${STORED_RECEIPT_COLUMNS} FROM node_receipt WHERE node_id = $1 AND seq BETWEEN $2 AND $3`,
    [nodeId, first, receipts.at(-1)!.receipt.seq],
  );
  for (const row of stored.rows) {
    const given = receipts[Number(row.seq) - first]!.receipt;
    if (!receiptHash(signedReceiptOf(row).receipt).equals(receiptHash(given)))
      throw new TwoReceiptsError(given.seq);
  }
  return added;
}
