/** The floor of the square root of a non-negative integer, by Newton's method from above. */
export function integerSqrt(value: bigint): bigint {
  if (value < 0n) throw new RangeError('value must not be negative');
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}
