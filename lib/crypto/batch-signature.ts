import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/**
 * One Ed25519 signature for many hashes: it covers the Merkle root of the batch (nodes.md section 3; the tree of RFC
 * 6962), and each hash travels with its path to that root. A batch of one has an empty path.
 */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const batchSignatureSchema = z.strictObject({
  /** Sibling hashes from the leaf to the root, each with the side it stands on. */
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash })).max(16),
  /** Ed25519 over context || root. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type BatchSignature = z.infer<typeof batchSignatureSchema>;
export type BatchPath = BatchSignature['path'];

/** More than one sync or one turn of the event loop gathers; its paths have ten steps. */
export const MAX_BATCH = 1024;

const leafOf = (h: Uint8Array) => createHash('sha256').update(Uint8Array.of(0)).update(h).digest();
const parentOf = (left: Uint8Array, right: Uint8Array) =>
  createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();

/** Signs all of them at once. @param context says what is signed, ends with a NUL and is part of it. */
export function signBatch(context: string, hashes: readonly Uint8Array[], key: KeyObject): BatchSignature[] {
  if (hashes.length === 0 || hashes.length > MAX_BATCH)
    throw new RangeError(`a batch has 1 to ${MAX_BATCH} hashes`);
  const { root, paths } = treeOf(hashes.map(leafOf));
  const signature = sign(null, Buffer.concat([Buffer.from(context), root]), key).toString('hex');
  return paths.map((path) => ({ path, signature }));
}

/** The root that a hash and its path lead to. */
export function batchRoot(h: Uint8Array, path: BatchPath): Buffer {
  return path.reduce((below, step) => {
    const sibling = Buffer.from(step.hash, 'hex');
    return step.side === 'left' ? parentOf(sibling, below) : parentOf(below, sibling);
  }, leafOf(h));
}

export function verifyBatch(
  context: string,
  h: Uint8Array,
  signed: BatchSignature,
  publicKey: KeyObject,
): boolean {
  return verifyRoot(context, batchRoot(h, signed.path), signed.signature, publicKey);
}

export function verifyRoot(
  context: string,
  root: Uint8Array,
  signature: string,
  publicKey: KeyObject,
): boolean {
  return verify(null, Buffer.concat([Buffer.from(context), root]), publicKey, Buffer.from(signature, 'hex'));
}

type Tree = { root: Buffer; paths: BatchPath[] };

function treeOf(leaves: readonly Buffer[]): Tree {
  if (leaves.length === 1) return { root: leaves[0]!, paths: [[]] };
  // RFC 6962: the left half is the largest power of two below the number of leaves.
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const left = treeOf(leaves.slice(0, half));
  const right = treeOf(leaves.slice(half));
  for (const path of left.paths) path.push({ side: 'right', hash: right.root.toString('hex') });
  for (const path of right.paths) path.push({ side: 'left', hash: left.root.toString('hex') });
  return { root: parentOf(left.root, right.root), paths: [...left.paths, ...right.paths] };
}
