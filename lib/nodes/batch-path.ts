import type { BatchPath } from '#lib/crypto/batch-signature';

const HASH_BYTES = 32;
const STEP_BYTES = 1 + HASH_BYTES;

/** A path as the ledger stores it: of each step the side (00 left, 01 right) and the 32 bytes of the hash. */
export function packPath(path: BatchPath): Buffer {
  return Buffer.concat(
    path.flatMap(({ side, hash }) => [Uint8Array.of(side === 'left' ? 0 : 1), Buffer.from(hash, 'hex')]),
  );
}

/** @throws RangeError for bytes that are no path. */
export function unpackPath(bytes: Uint8Array): BatchPath {
  if (bytes.length % STEP_BYTES !== 0) throw new RangeError('these bytes are no path of a batch');
  return Array.from({ length: bytes.length / STEP_BYTES }, (_, i) => {
    const [side, ...hash] = bytes.subarray(i * STEP_BYTES, (i + 1) * STEP_BYTES);
    if (side !== 0 && side !== 1) throw new RangeError('a step of the path has no side');
    return { side: side === 0 ? 'left' : 'right', hash: Buffer.from(hash).toString('hex') };
  });
}
