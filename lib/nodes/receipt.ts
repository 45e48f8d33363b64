import { createHash, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  type BatchSignature,
  batchRoot,
  batchSignatureSchema,
  signBatch,
  verifyBatch,
  verifyRoot,
} from '#lib/crypto/batch-signature';
import { canonicalJson } from '#lib/crypto/canonical-json';

/** What a bigint of Postgres holds: pico-rho beyond it no account could bear. */
const MAX_BIGINT = '9223372036854775807';
/** An int of Postgres, with room for the next epoch. */
const MAX_EPOCH = 2 ** 31 - 2;

/**
 * A node's statement of what it let go: one link of its hash-chained spend log. It is fsynced at the node before
 * the node computes, and an answer leaves the router only with a receipt from every node of the cohort.
 */
const bigintText = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,18})$/)
  .refine((text) => text.length < 19 || text <= MAX_BIGINT, 'is more than the ledger can hold');
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const receiptSchema = z.strictObject({
  v: z.literal(1),
  nodeId: z.uuid(),
  /** 1, 2, 3, ... without a gap. */
  seq: z.int().positive(),
  ledgerEpoch: z.int().positive().max(MAX_EPOCH),
  requestId: z.uuid(),
  /** Header hash of the round. */
  h: sha256Hex,
  rhoPico: bigintText,
  /** Sum of rhoPico up to and including this one. */
  runningTotalPico: bigintText,
  /** Hash of the receipt before; 64 zeros for the first. */
  prevHash: sha256Hex,
});
export type Receipt = z.infer<typeof receiptSchema>;

export const FIRST_PREV_HASH = '0'.repeat(64);
const CONTEXT = 'fdlr/receipt/v1\0';

export function receiptHash(receipt: Receipt): Buffer {
  return createHash('sha256').update(CONTEXT).update(canonicalJson(receipt)).digest();
}

const BATCH_CONTEXT = 'fdlr/receipt-batch/v1\0';

/** A receipt as it travels and as it lies on disk: with the signature that it shares with others of its sync. */
export type SignedReceipt = { receipt: Receipt; signed: BatchSignature };
export const signedReceiptSchema = z.strictObject({ receipt: receiptSchema, signed: batchSignatureSchema });

/** Signs receipts that share one sync with the node's identity key: one signature over all of them. */
export function signReceipts(receipts: readonly Receipt[], identity: KeyObject): SignedReceipt[] {
  const signed = signBatch(BATCH_CONTEXT, receipts.map(receiptHash), identity);
  return receipts.map((receipt, i) => ({ receipt, signed: signed[i]! }));
}

export function verifyReceipt({ receipt, signed }: SignedReceipt, identity: KeyObject): boolean {
  return verifyBatch(BATCH_CONTEXT, receiptHash(receipt), signed, identity);
}

/** How many roots are remembered: receipts of one sync arrive within moments of each other. */
const ROOTS_REMEMBERED = 256;

/** Verifies receipts of one node, each shared signature once. What was found false is never remembered. */
export function receiptVerifier(identity: KeyObject): (signed: SignedReceipt) => boolean {
  const verified = new Set<string>();
  return ({ receipt, signed: { path, signature } }) => {
    const root = batchRoot(receiptHash(receipt), path);
    const key = `${root.toString('hex')} ${signature}`;
    if (verified.has(key)) return true;
    if (!verifyRoot(BATCH_CONTEXT, root, signature, identity)) return false;
    if (verified.size >= ROOTS_REMEMBERED) verified.delete(verified.values().next().value!);
    verified.add(key);
    return true;
  };
}
