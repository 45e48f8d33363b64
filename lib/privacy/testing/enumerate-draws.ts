import type { RandomSource } from '../sampling/random.ts';

class OutOfDraws extends Error {
  readonly n: bigint;
  constructor(n: bigint) {
    super('the recorded draws are used up');
    this.n = n;
  }
}

/**
 * The exact probability that `run` returns true, by following every sequence of draws until fewer than `cutoff` of the
 * probability is left in it. What was cut off is `undecided`.
 */
export function enumerateDraws(
  run: (random: RandomSource) => boolean,
  cutoff: number,
): { probability: number; undecided: number } {
  const open: { draws: bigint[]; weight: number }[] = [{ draws: [], weight: 1 }];
  let probability = 0;
  let undecided = 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const { draws, weight } = path;
    if (weight < cutoff) {
      undecided += weight;
      continue;
    }
    try {
      if (run(replay(draws))) probability += weight;
    } catch (error) {
      if (!(error instanceof OutOfDraws)) throw error;
      for (let draw = 0n; draw < error.n; draw += 1n) {
        open.push({ draws: [...draws, draw], weight: weight / Number(error.n) });
      }
    }
  }
  return { probability, undecided };
}

function replay(draws: readonly bigint[]): RandomSource {
  let next = 0;
  function below(n: bigint): bigint {
    // A single value is no choice, and following it would never use up any probability.
    if (n === 1n) return 0n;
    const draw = draws[next];
    if (draw === undefined) throw new OutOfDraws(n);
    next += 1;
    return draw;
  }
  return { below, belowNumber: (n) => Number(below(BigInt(n))) };
}
