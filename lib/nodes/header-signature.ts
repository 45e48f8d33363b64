import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/**
 * The router's signature over a round header. One Ed25519 signature covers the Merkle root of a batch of header
 * hashes (nodes.md section 3); a batch of one has an empty path and its root is the leaf's hash.
 */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const headerSignatureSchema = z.strictObject({
  /** Sibling hashes from the leaf to the root, each with the side it stands on. */
  path: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash })).max(16),
  /** Ed25519 over "fdlr/round-batch/v1\0" || root. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type HeaderSignature = z.infer<typeof headerSignatureSchema>;

const CONTEXT = Buffer.from('fdlr/round-batch/v1\0');
const leaf = (h: Uint8Array) => createHash('sha256').update(Uint8Array.of(0)).update(h).digest();
const node = (l: Uint8Array, r: Uint8Array) =>
  createHash('sha256').update(Uint8Array.of(1)).update(l).update(r).digest();

/** Signs one header hash as a batch of its own. */
export function signHeader(h: Uint8Array, key: KeyObject): HeaderSignature {
  return { path: [], signature: sign(null, Buffer.concat([CONTEXT, leaf(h)]), key).toString('hex') };
}

export function verifyHeader(h: Uint8Array, signed: HeaderSignature, publicKey: KeyObject): boolean {
  let root: Uint8Array = leaf(h);
  for (const step of signed.path) {
    const sibling = Buffer.from(step.hash, 'hex');
    root = step.side === 'left' ? node(sibling, root) : node(root, sibling);
  }
  return verify(null, Buffer.concat([CONTEXT, root]), publicKey, Buffer.from(signed.signature, 'hex'));
}
