const MODULUS = 2 ** 32;
const HALF = 2 ** 31;

/**
 * Maps an unmasked coordinate, an integer modulo 2^32, into [0, top] without ever refusing a value: refusing would
 * let one hospital make another hospital's single patient decide whether there is an answer at all. 1-Lipschitz on
 * the circle, so a change of one vote before it is at most one vote after it (nodes.md section 3).
 * @param top the largest honest value: the number of shards asked, for votes.
 */
export function mapIntoRange(value: number, top: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= MODULUS) throw new RangeError('value is not a u32');
  if (value <= top) return value;
  if (value <= HALF) return top;
  return Math.max(0, top - (value - HALF));
}

/** Coordinate-wise sum modulo 2^32. */
export function sumVectors(vectors: readonly Uint32Array[], length: number): Uint32Array {
  const sum = new Uint32Array(length);
  for (const vector of vectors) {
    if (vector.length !== length)
      throw new RangeError(`a vector has ${vector.length} coordinates, not ${length}`);
    // Uint32Array assignment reduces modulo 2^32.
    for (let i = 0; i < length; i++) sum[i] = sum[i]! + vector[i]!;
  }
  return sum;
}
