import { unpackPath } from './batch-path.ts';
import type { SignedReceipt } from './receipt.ts';

/** A receipt as the ledger keeps it; the columns of node_receipt. */
export type StoredReceipt = {
  nodeId: string;
  seq: bigint;
  requestId: string;
  ledgerEpoch: number;
  headerHash: Uint8Array;
  rhoPico: bigint;
  runningTotalPico: bigint;
  prevHash: Uint8Array;
  signature: Uint8Array;
  batchPath: Uint8Array;
};

/** The same columns for a SELECT over `pg`. */
export const STORED_RECEIPT_COLUMNS = `node_id AS "nodeId", seq, request_id AS "requestId", ledger_epoch AS "ledgerEpoch",
  header_hash AS "headerHash", rho_pico AS "rhoPico", running_total_pico AS "runningTotalPico", prev_hash AS "prevHash",
  signature, batch_path AS "batchPath"`;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The receipt that was signed, byte for byte. */
export function signedReceiptOf(row: StoredReceipt): SignedReceipt {
  return {
    receipt: {
      v: 1,
      nodeId: row.nodeId,
      seq: Number(row.seq),
      ledgerEpoch: row.ledgerEpoch,
      requestId: row.requestId,
      h: hex(row.headerHash),
      rhoPico: String(row.rhoPico),
      runningTotalPico: String(row.runningTotalPico),
      prevHash: hex(row.prevHash),
    },
    signed: { path: unpackPath(row.batchPath), signature: hex(row.signature) },
  };
}
