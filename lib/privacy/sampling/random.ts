import { randomFillSync } from 'node:crypto';

/** Where every random choice of a private mechanism comes from. */
export type RandomSource = {
  /** A uniform integer on [0, n), exact: out-of-range draws are rejected, never folded in. RangeError unless n > 0. */
  below(n: bigint): bigint;
  /** The same for a positive safe integer, without a bigint: most draws of a sampler are this small. */
  belowNumber(n: number): number;
};

const BLOCK_BYTES = 4096;
const WORD_BYTES = 4;
const WORD_VALUES = 2 ** 32;

/** The operating system's cryptographic generator, read in blocks because one call per draw costs more than the draw. */
export const secureRandom: RandomSource = randomSourceFrom((block) => {
  randomFillSync(block);
});

/** A source over any stream of uniform bytes; `fill` overwrites the whole block it is given. */
export function randomSourceFrom(fill: (block: Uint8Array) => void): RandomSource {
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  let next = BLOCK_BYTES;

  function word(): number {
    if (next === BLOCK_BYTES) {
      fill(block);
      next = 0;
    }
    const value = view.getUint32(next);
    // Used bytes are wiped: a later memory dump must not replay the draws of answers already given.
    view.setUint32(next, 0);
    next += WORD_BYTES;
    return value;
  }

  return {
    below(n) {
      if (n <= 0n) throw new RangeError('n must be positive');
      const bits = bitLength(n - 1n);
      for (;;) {
        let value = 0n;
        for (let have = 0; have < bits; have += 32) value = (value << 32n) | BigInt(word());
        value = BigInt.asUintN(bits, value);
        if (value < n) return value;
      }
    },
    belowNumber(n) {
      if (!Number.isSafeInteger(n) || n <= 0) throw new RangeError('n must be a positive safe integer');
      if (n === 1) return 0;
      // The same words and bits as `below` takes. Shifts of numbers are modulo 32, so 2^32 values need no mask at all.
      if (n <= WORD_VALUES) {
        const mask = 0xffff_ffff >>> Math.clz32(n - 1);
        for (;;) {
          const value = (word() & mask) >>> 0;
          if (value < n) return value;
        }
      }
      const mask = 0xffff_ffff >>> Math.clz32(Math.floor((n - 1) / WORD_VALUES));
      for (;;) {
        const value = ((word() & mask) >>> 0) * WORD_VALUES + word();
        if (value < n) return value;
      }
    },
  };
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
