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
