import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';

/**
 * A node's statement of what it let go: one link of its hash-chained spend log. It is fsynced at the node before
 * the node computes, and an answer leaves the router only with a receipt from every node of the cohort.
 */
const bigintText = z.string().regex(/^(0|[1-9][0-9]{0,37})$/);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const receiptSchema = z.strictObject({
  v: z.literal(1),
  nodeId: z.uuid(),
  /** 1, 2, 3, ... without a gap. */
  seq: z.int().positive(),
  ledgerEpoch: z.int().positive(),
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

/** Ed25519 by the node's identity key over the receipt's hash, hex. */
export function signReceipt(receipt: Receipt, identity: KeyObject): string {
  return sign(null, receiptHash(receipt), identity).toString('hex');
}

export function verifyReceipt(receipt: Receipt, signature: string, identity: KeyObject): boolean {
  return verify(null, receiptHash(receipt), identity, Buffer.from(signature, 'hex'));
}
