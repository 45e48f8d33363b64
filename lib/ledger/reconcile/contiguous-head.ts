import type { Pool, PoolClient } from '#lib/db/pool';
import { type ChainHead, EMPTY_CHAIN, headAfter } from '#lib/nodes/receipt-chain';
import { STORED_RECEIPT_COLUMNS, type StoredReceipt, signedReceiptOf } from '#lib/nodes/stored-receipt';

/** How far the ledger has a node's receipts without a gap, and how far it has any. */
export type KnownReceipts = { head: ChainHead; lastSeq: number };

export async function knownReceipts(db: Pool | PoolClient, nodeId: string): Promise<KnownReceipts> {
  const ends = await db.query<{ first: bigint | null; last: bigint | null }>(
    'SELECT min(seq) AS first, max(seq) AS last FROM node_receipt WHERE node_id = $1',
    [nodeId],
  );
  const { first, last } = ends.rows[0]!;
  const lastSeq = Number(last ?? 0n);
  if (first !== 1n) return { head: EMPTY_CHAIN, lastSeq };
  const found = await db.query<StoredReceipt>(
    `SELECT ${STORED_RECEIPT_COLUMNS} FROM node_receipt r WHERE node_id = $1
       AND NOT EXISTS (SELECT 1 FROM node_receipt n WHERE n.node_id = $1 AND n.seq = r.seq + 1)
     ORDER BY seq LIMIT 1`,
    [nodeId],
  );
  return { head: headAfter(signedReceiptOf(found.rows[0]!).receipt), lastSeq };
}
