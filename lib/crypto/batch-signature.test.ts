import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { batchRoot, batchSignatureSchema, MAX_BATCH, signBatch, verifyBatch } from './batch-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const CONTEXT = 'fdlr/test/v1\0';
const hashes = (count: number) => Array.from({ length: count }, () => randomBytes(32));
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

test.each([1, 2, 3, 7, 8, 100, MAX_BATCH])('one signature holds for each of %i hashes', (count) => {
  const batch = hashes(count);
  const signed = signBatch(CONTEXT, batch, privateKey);
  expect(new Set(signed.map((one) => one.signature)).size).toBe(1);
  for (const [i, h] of batch.entries()) {
    expect(batchSignatureSchema.safeParse(signed[i]).success).toBe(true);
    expect(verifyBatch(CONTEXT, h, signed[i]!, publicKey)).toBe(true);
  }
});

test('the tree is that of RFC 6962: three leaves hang two to the left', () => {
  const [a, b, c] = hashes(3) as [Buffer, Buffer, Buffer];
  const leaf = (h: Buffer) => sha256(Uint8Array.of(0), h);
  const node = (l: Buffer, r: Buffer) => sha256(Uint8Array.of(1), l, r);
  const [first, , third] = signBatch(CONTEXT, [a, b, c], privateKey);
  const root = node(node(leaf(a), leaf(b)), leaf(c));
  expect([batchRoot(a, first!.path), batchRoot(c, third!.path)]).toEqual([root, root]);
});

test('another hash, path, context or key does not pass', () => {
  const batch = hashes(5);
  const [first, second] = signBatch(CONTEXT, batch, privateKey);
  const { path, signature } = first!;
  expect(verifyBatch(CONTEXT, batch[1]!, first!, publicKey)).toBe(false);
  expect(verifyBatch(CONTEXT, batch[0]!, { path: path.slice(1), signature }, publicKey)).toBe(false);
  expect(verifyBatch(CONTEXT, batch[0]!, second!, publicKey)).toBe(false);
  expect(verifyBatch('fdlr/other/v1\0', batch[0]!, first!, publicKey)).toBe(false);
  expect(verifyBatch(CONTEXT, batch[0]!, first!, generateKeyPairSync('ed25519').publicKey)).toBe(false);
});

test('an empty batch and one that is too large are mistakes', () => {
  expect(() => signBatch(CONTEXT, [], privateKey)).toThrow(RangeError);
  expect(() => signBatch(CONTEXT, hashes(MAX_BATCH + 1), privateKey)).toThrow(RangeError);
});
