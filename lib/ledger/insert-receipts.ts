import type { PoolClient } from '#lib/db/pool';
import { packPath } from '#lib/nodes/batch-path';
import type { SignedReceipt } from '#lib/nodes/receipt';

export type { SignedReceipt };

/**
 * Keeps the receipts of a request, all at once: a short answer has one a token and hospital. Returns how many were new.
 * @param table another one of the same columns, to look at receipts before they are kept.
 */
export async function insertReceipts(
  client: PoolClient,
  receipts: readonly SignedReceipt[],
  table: 'node_receipt' | 'given_receipt' = 'node_receipt',
): Promise<number> {
  if (receipts.length === 0) return 0;
  const column = <T>(read: (signed: SignedReceipt) => T) => receipts.map(read);
  const inserted = await client.query(
    `INSERT INTO ${table} (node_id, seq, request_id, ledger_epoch, header_hash, rho_pico, running_total_pico,
       prev_hash, signature, batch_path)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::bytea[], $6::bigint[], $7::bigint[],
       $8::bytea[], $9::bytea[], $10::bytea[])
     ON CONFLICT DO NOTHING`,
    [
      column(({ receipt }) => receipt.nodeId),
      column(({ receipt }) => receipt.seq),
      column(({ receipt }) => receipt.requestId),
      column(({ receipt }) => receipt.ledgerEpoch),
      column(({ receipt }) => Buffer.from(receipt.h, 'hex')),
      column(({ receipt }) => receipt.rhoPico),
      column(({ receipt }) => receipt.runningTotalPico),
      column(({ receipt }) => Buffer.from(receipt.prevHash, 'hex')),
      column(({ signed }) => Buffer.from(signed.signature, 'hex')),
      column(({ signed }) => packPath(signed.path)),
    ],
  );
  return inserted.rowCount ?? 0;
}

/**
 * Whether the ledger holds exactly these receipts: some may have been fetched from their node before they were settled.
 * False when one was given twice, or its node signed another receipt under its number.
 */
export async function holdsReceipts(
  client: PoolClient,
  receipts: readonly SignedReceipt[],
): Promise<boolean> {
  const held = await client.query(
    `SELECT DISTINCT r.node_id, r.seq FROM node_receipt r
     JOIN unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::bytea[]) AS given(node_id, seq, request_id, header_hash)
       ON r.node_id = given.node_id AND r.seq = given.seq
         AND r.request_id = given.request_id AND r.header_hash = given.header_hash`,
    [
      receipts.map(({ receipt }) => receipt.nodeId),
      receipts.map(({ receipt }) => receipt.seq),
      receipts.map(({ receipt }) => receipt.requestId),
      receipts.map(({ receipt }) => Buffer.from(receipt.h, 'hex')),
    ],
  );
  return held.rowCount === receipts.length;
}
