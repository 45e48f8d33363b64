import { createCipheriv, createSecretKey } from 'node:crypto';

const COUNTER_ZERO = Buffer.alloc(16);

/** `length` coordinates of a mask: the AES-256-CTR keystream from counter 0, read as u32 little-endian. */
export function maskOf(key: Uint8Array, length: number): Uint32Array {
  const stream = createCipheriv('aes-256-ctr', createSecretKey(key), COUNTER_ZERO).update(
    Buffer.alloc(length * 4),
  );
  return Uint32Array.from({ length }, (_, i) => stream.readUInt32LE(i * 4));
}

/** Adds a mask in place, modulo 2^32. */
export function addMask(vector: Uint32Array, key: Uint8Array): void {
  const mask = maskOf(key, vector.length);
  // Uint32Array assignment reduces modulo 2^32.
  for (let i = 0; i < mask.length; i += 1) vector[i] = vector[i]! + mask[i]!;
}

/** Takes a mask away in place, modulo 2^32. */
export function subtractMask(vector: Uint32Array, key: Uint8Array): void {
  const mask = maskOf(key, vector.length);
  for (let i = 0; i < mask.length; i += 1) vector[i] = vector[i]! - mask[i]!;
}

/**
 * Applies in place what a node shares with every other member: the lower id of a pair adds, the higher one subtracts, so
 * that the masks of a whole cohort sum to zero.
 */
export function addPairMasks(
  vector: Uint32Array,
  nodeId: string,
  cohort: readonly string[],
  maskKeyOf: (peerId: string) => Uint8Array,
): void {
  for (const peerId of cohort) {
    if (peerId === nodeId) continue;
    if (nodeId < peerId) addMask(vector, maskKeyOf(peerId));
    else subtractMask(vector, maskKeyOf(peerId));
  }
}
