import { createCipheriv, createHash } from 'node:crypto';

const POOL_BYTES = 8_192;

/** A stream of draws that depends on its seed alone: AES-256 in counter mode under SHA-256 of the seed. */
export type Random = {
  /** In [0, 1), 32 bits. */
  unit(): number;
  /** From `low` to `high`, both included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An index, with probability proportional to its weight. */
  weighted(weights: readonly number[]): number;
};

/** For made-up data only; whatever protects a patient draws from the operating system. */
export function createRandom(seed: string): Random {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  const zeros = Buffer.alloc(POOL_BYTES);
  let pool = cipher.update(zeros);
  let at = 0;

  const unit = () => {
    if (at === POOL_BYTES) {
      pool = cipher.update(zeros);
      at = 0;
    }
    const word = pool.readUInt32LE(at);
    at += 4;
    return word / 0x1_0000_0000;
  };
  const integer = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    integer,
    chance: (probability) => unit() < probability,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('Nothing to pick from.');
      return item;
    },
    weighted: (weights) => {
      let left = unit() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return index < 0 ? weights.length - 1 : index;
    },
  };
}
