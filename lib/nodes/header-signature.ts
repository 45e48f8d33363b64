import type { KeyObject } from 'node:crypto';
import {
  type BatchSignature,
  batchSignatureSchema,
  MAX_BATCH,
  signBatch,
  verifyBatch,
} from '#lib/crypto/batch-signature';

/** The router's signature over a round header: one for all headers that are made in one turn of the event loop. */
export const headerSignatureSchema = batchSignatureSchema;
export type HeaderSignature = BatchSignature;

const CONTEXT = 'fdlr/round-batch/v1\0';

/** Signs one header hash as a batch of its own. */
export function signHeader(h: Uint8Array, key: KeyObject): HeaderSignature {
  return signBatch(CONTEXT, [h], key)[0]!;
}

export function verifyHeader(h: Uint8Array, signed: HeaderSignature, publicKey: KeyObject): boolean {
  return verifyBatch(CONTEXT, h, signed, publicKey);
}

export type HeaderSigner = (h: Uint8Array) => Promise<HeaderSignature>;

/** Signs together what is asked for in one turn of the event loop: nobody waits for a timer, a backlog shares one. */
export function headerSigner(key: KeyObject): HeaderSigner {
  let waiting: {
    h: Uint8Array;
    resolve: (signed: HeaderSignature) => void;
    reject: (e: unknown) => void;
  }[] = [];
  const signAll = () => {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += MAX_BATCH) {
      const batch = all.slice(from, from + MAX_BATCH);
      try {
        const signed = signBatch(
          CONTEXT,
          batch.map(({ h }) => h),
          key,
        );
        for (const [i, { resolve }] of batch.entries()) resolve(signed[i]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  };
  return (h) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ h, resolve, reject }) === 1) setImmediate(signAll);
    });
}
