import { randomFillSync } from 'node:crypto';

/** Where every random choice of a private mechanism comes from. */
export type RandomSource = {
  /** A uniform integer on [0, n), exact: out-of-range draws are rejected, never folded in. RangeError unless n > 0. */
  below(n: bigint): bigint;
};

const BLOCK_BYTES = 4096;
const WORD_BYTES = 4;

/** The operating system's cryptographic generator, read in blocks because one call per draw costs more than the draw. */
export const secureRandom: RandomSource = randomSourceFrom((block) => {
  randomFillSync(block);
});

/** A source over any stream of uniform bytes; `fill` overwrites the whole block it is given. */
export function randomSourceFrom(fill: (block: Uint8Array) => void): RandomSource {
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  let next = BLOCK_BYTES;

  function word(): bigint {
    if (next === BLOCK_BYTES) {
      fill(block);
      next = 0;
    }
    const value = view.getUint32(next);
    // Used bytes are wiped: a later memory dump must not replay the draws of answers already given.
    view.setUint32(next, 0);
    next += WORD_BYTES;
    return BigInt(value);
  }

  return {
    below(n) {
      if (n <= 0n) throw new RangeError('n must be positive');
      const bits = bitLength(n - 1n);
      for (;;) {
        let value = 0n;
        for (let have = 0; have < bits; have += 32) value = (value << 32n) | word();
        value = BigInt.asUintN(bits, value);
        if (value < n) return value;
      }
    },
  };
}

/** A uniform integer on [0, n) as a number. @throws RangeError unless n is a positive safe integer. */
export function belowNumber(source: RandomSource, n: number): number {
  if (!Number.isSafeInteger(n) || n <= 0) throw new RangeError('n must be a positive safe integer');
  return Number(source.below(BigInt(n)));
}

function bitLength(value: bigint): number {
  let bits = 0;
  let rest = value;
  while (rest > 0xffff_ffffn) {
    rest >>= 32n;
    bits += 32;
  }
  return bits + 32 - Math.clz32(Number(rest));
}
