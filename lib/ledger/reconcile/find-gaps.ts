import type { PoolClient } from '#lib/db/pool';
import { type ChainHead, chainFault, EMPTY_CHAIN, headAfter } from '#lib/nodes/receipt-chain';
import { STORED_RECEIPT_COLUMNS, type StoredReceipt, signedReceiptOf } from '#lib/nodes/stored-receipt';

const AT_ONCE = 5_000;

/** How far a node's receipts are known, and the first that is missing or does not follow. */
export type NodeChain = { nodeId: string; lastSeq: number; brokenAtSeq: number | null };

/** Walks the receipts that the ledger holds and those that were given, of one node, and checks every link. */
export async function checkChain(client: PoolClient, nodeId: string): Promise<NodeChain> {
  let head: ChainHead = { ...EMPTY_CHAIN, nodeId };
  let brokenAtSeq: number | null = null;
  let lastSeq = 0;
  for (;;) {
    const rows = await client.query<StoredReceipt>(
      `SELECT ${STORED_RECEIPT_COLUMNS} FROM
         (SELECT * FROM node_receipt WHERE node_id = $1 AND seq > $2
          UNION ALL
          SELECT g.* FROM given_receipt g WHERE g.node_id = $1 AND g.seq > $2
            AND NOT EXISTS (SELECT 1 FROM node_receipt r WHERE r.node_id = g.node_id AND r.seq = g.seq)) known
       ORDER BY seq LIMIT ${AT_ONCE}`,
      [nodeId, lastSeq],
    );
    if (rows.rows.length === 0) return { nodeId, lastSeq, brokenAtSeq };
    for (const row of rows.rows) {
      const { receipt } = signedReceiptOf(row);
      if (brokenAtSeq === null && chainFault(head, receipt)) brokenAtSeq = head.seq + 1;
      head = headAfter(receipt);
      lastSeq = receipt.seq;
    }
  }
}

/** Numbers under which the ledger holds another receipt than the one that was given: a node signed two. */
export async function findForks(client: PoolClient): Promise<{ nodeId: string; seq: number }[]> {
  const found = await client.query<{ nodeId: string; seq: bigint }>(
    `SELECT r.node_id AS "nodeId", min(r.seq) AS seq FROM node_receipt r JOIN given_receipt g USING (node_id, seq)
     WHERE (r.request_id, r.ledger_epoch, r.header_hash, r.rho_pico, r.running_total_pico, r.prev_hash)
       <> (g.request_id, g.ledger_epoch, g.header_hash, g.rho_pico, g.running_total_pico, g.prev_hash)
     GROUP BY r.node_id`,
  );
  return found.rows.map(({ nodeId, seq }) => ({ nodeId, seq: Number(seq) }));
}
