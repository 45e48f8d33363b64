import { describe, expect, it } from 'vitest';
import type { Hits } from './attack.ts';
import { chooseEvent, countIn, tally } from './attack.ts';
import { distanceLowerBound, epsilonLowerBound, rhoLowerBound, totalVariationLimit } from './bounds.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { lookAt } from './looks.ts';
import { measure } from './measure.ts';
import { lnGamma } from './special-functions.ts';

/** Repeatable and quick (mulberry32): simulated attackers, no private draw. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function binomial(random: () => number, trials: number, probability: number): number {
  let successes = 0;
  for (let i = 0; i < trials; i += 1) if (random() < probability) successes += 1;
  return successes;
}

/** P(X = k) of a binomial. */
function mass(k: number, trials: number, probability: number): number {
  const choose = Math.exp(lnGamma(trials + 1) - lnGamma(k + 1) - lnGamma(trials - k + 1));
  return choose * probability ** k * (1 - probability) ** (trials - k);
}

/** The two labels of a vote at (5, 4) against (4, 5): P and Q of the event "the first label". */
function votePair(beta: number): { p: number; q: number } {
  const p = 1 / (1 + Math.exp(-beta));
  return { p, q: 1 - p };
}

function hitsOf(random: () => number, { p, q }: { p: number; q: number }, samplesPerSide: number): Hits {
  return {
    left: binomial(random, samplesPerSide, p),
    right: binomial(random, samplesPerSide, q),
    samplesPerSide,
  };
}

/** How many of `runs` seeds satisfy `holds`. */
function timesOf(runs: number, holds: (random: () => number) => boolean): number {
  let times = 0;
  for (let seed = 0; seed < runs; seed += 1) if (holds(uniforms(seed * 7919 + 1))) times += 1;
  return times;
}

/** rho = eta^2/8 at eta = 1, which a vote at beta = 1/2 costs. */
const RHO = 0.125;
const DELTA = 1e-5;

describe('the bounds of a binomial probability', () => {
  it.each([0.05, 1e-6])('miss as rarely as they say at every probability, added up exactly (%f)', (error) => {
    const trials = 60;
    const bounds = Array.from({ length: trials + 1 }, (_, k) => clopperPearson(k, trials, error));
    let worst = 0;
    for (let probability = 0.005; probability < 1; probability += 0.005) {
      const missed = (isMissed: (k: number) => boolean) =>
        bounds.reduce((sum, _, k) => (isMissed(k) ? sum + mass(k, trials, probability) : sum), 0);
      const tooHigh = missed((k) => bounds[k]!.lower > probability);
      const tooLow = missed((k) => bounds[k]!.upper < probability);
      expect(Math.max(tooHigh, tooLow)).toBeLessThanOrEqual(error * (1 + 1e-6));
      worst = Math.max(worst, tooHigh, tooLow);
    }
    // And they are no wider than they must be.
    expect(worst).toBeGreaterThan(0.9 * error);
  });

  it('refuse counts and errors that mean nothing', () => {
    expect(() => clopperPearson(11, 10, 0.1)).toThrow(/^successes/);
    expect(() => clopperPearson(-1, 10, 0.1)).toThrow(/^successes/);
    expect(() => clopperPearson(Number.NaN, 10, 0.1)).toThrow(/^successes/);
    expect(() => clopperPearson(1, 10, 0)).toThrow(/^error/);
    expect(() => clopperPearson(1, 10, 1)).toThrow(/^error/);
  });
});

describe('the distance that answers prove', () => {
  it.each([
    { p: 0.622, q: 0.378 },
    { p: 0.95, q: 0.75 },
    { p: 0.01, q: 0 },
    { p: 0.5, q: 0.5 },
  ])('is overstated as rarely as allowed at $p against $q', (pair) => {
    const error = 0.05;
    const runs = 2_000;
    const misses = timesOf(
      runs,
      (random) => distanceLowerBound(hitsOf(random, pair, 200), error) > pair.p - pair.q,
    );
    expect(misses).toBeLessThanOrEqual(runs * error + 4 * Math.sqrt(runs * error));
  });

  it('comes to the truth with many answers, whichever way round the event was chosen', () => {
    for (const pair of [
      { p: 0.622, q: 0.378 },
      { p: 0.378, q: 0.622 },
    ]) {
      const bound = distanceLowerBound(hitsOf(uniforms(1), pair, 1_000_000), 1e-6);
      expect(bound).toBeGreaterThan(0.24);
      expect(bound).toBeLessThan(0.2445);
    }
  });

  it('is nothing for no answers and for answers that say nothing', () => {
    expect(distanceLowerBound({ left: 50, right: 50, samplesPerSide: 100 }, 0.01)).toBe(0);
    expect(epsilonLowerBound({ left: 50, right: 50, samplesPerSide: 100 }, DELTA, 0.01)).toBe(0);
  });
});

describe('the epsilon that answers prove', () => {
  it('is overstated as rarely as allowed, for randomised response at its own epsilon', () => {
    const epsilon = Math.log(0.75 / 0.25);
    const runs = 2_000;
    const misses = timesOf(
      runs,
      (random) => epsilonLowerBound(hitsOf(random, { p: 0.75, q: 0.25 }, 200), 0, 0.05) > epsilon,
    );
    expect(misses).toBeLessThanOrEqual(runs * 0.05 + 4 * Math.sqrt(runs * 0.05));
  });

  it('comes to it with many answers, from either side and by the complement', () => {
    const n = 1_000_000;
    for (const [p, q] of [
      [0.75, 0.25],
      [0.25, 0.75],
      [0.9, 0.7],
    ] as const) {
      const truth = Math.max(Math.log(p / q), Math.log(q / p), Math.log((1 - q) / (1 - p)));
      const bound = epsilonLowerBound(hitsOf(uniforms(3), { p, q }, n), DELTA, 1e-3);
      expect(bound).toBeLessThan(truth);
      expect(bound).toBeGreaterThan(truth - 0.03);
    }
  });
});

describe('the verdict', () => {
  const refutes =
    (beta: number, samplesPerSide: number, error: number, claimedRho = RHO) =>
    (random: () => number) =>
      measure({ hits: hitsOf(random, votePair(beta), samplesPerSide), claimedRho, delta: DELTA, error })
        .verdict === 'refuted';

  it('finds an eta that is half of what it should be with 500 samples a side and an error of 1e-6', () => {
    // The true beta is twice the one that is charged for: the zero-out formula.
    expect(timesOf(400, refutes(1, 500, 1e-6))).toBeGreaterThanOrEqual(390);
    // Half as many do at twice the eta, four times the rho: what the audit asks over the API in a test.
    expect(timesOf(400, refutes(2, 250, 1e-6, 4 * RHO))).toBeGreaterThanOrEqual(390);
    // As far as the samples go: a tenth of them find it hardly ever.
    expect(timesOf(400, refutes(1, 50, 1e-6))).toBeLessThan(40);
  });

  it('gives no false alarm over many seeds, however often it looks', () => {
    const alarms = timesOf(400, (random) => {
      let hits: Hits = { left: 0, right: 0, samplesPerSide: 0 };
      for (let number = 1; number <= 6; number += 1) {
        const look = lookAt(number, 64, 0.05);
        const more = hitsOf(random, votePair(0.5), look.samplesPerSide - hits.samplesPerSide);
        hits = {
          left: hits.left + more.left,
          right: hits.right + more.right,
          samplesPerSide: look.samplesPerSide,
        };
        if (measure({ hits, claimedRho: RHO, delta: DELTA, error: look.error }).verdict === 'refuted')
          return true;
      }
      return false;
    });
    expect(alarms).toBeLessThanOrEqual(20);
  });

  it('would give false alarms at a charge just under the truth, so that a near miss is a real one', () => {
    const { p, q } = votePair(0.5);
    const justUnder = 2 * (0.98 * (p - q)) ** 2;
    const { verdict } = measure({
      hits: hitsOf(uniforms(5), { p, q }, 1_000_000),
      claimedRho: justUnder,
      delta: DELTA,
      error: 1e-6,
    });
    expect(verdict).toBe('refuted');
  });

  it('knows the distance that a rho allows', () => {
    expect(totalVariationLimit(RHO)).toBe(0.25);
  });
});

describe('the rho that answers prove', () => {
  const n = 1_000_000;

  it.each([0.25, 1, 2, 4])('comes close to, and stays under, what a vote at beta %f costs', (beta) => {
    const bound = rhoLowerBound(hitsOf(uniforms(7), votePair(beta), n), 1e-6);
    expect(bound).toBeLessThan(beta ** 2 / 2);
    // At a large beta no single event shows the whole charge.
    expect(bound).toBeGreaterThan((beta ** 2 / 2) * (beta < 2 ? 0.8 : 0.4));
  });

  it('is more than the distance alone proves where the distance is near 1', () => {
    const hits = hitsOf(uniforms(8), { p: 0.9, q: 0.005 }, n);
    expect(rhoLowerBound(hits, 1e-6)).toBeGreaterThan(2 * 2 * distanceLowerBound(hits, 1e-6) ** 2);
  });

  it('is finite when an event never happened on one side', () => {
    const bound = rhoLowerBound({ left: 1_000, right: 0, samplesPerSide: 1_000 }, 1e-6);
    expect(bound).toBeGreaterThan(1);
    expect(bound).toBeLessThan(10);
  });

  it('is the same whichever way round the event was chosen', () => {
    const { left, right, samplesPerSide } = hitsOf(uniforms(9), { p: 0.8, q: 0.3 }, 1_000);
    const turned = { left: samplesPerSide - left, right: samplesPerSide - right, samplesPerSide };
    expect(rhoLowerBound(turned, 0.01)).toBeCloseTo(rhoLowerBound({ left, right, samplesPerSide }, 0.01), 9);
  });

  it('is overstated as rarely as allowed for the vote itself', () => {
    const misses = timesOf(2_000, (random) => rhoLowerBound(hitsOf(random, votePair(0.5), 200), 0.05) > RHO);
    expect(misses).toBeLessThanOrEqual(2_000 * 0.05);
  });
});

describe('looks', () => {
  it('double, and spend less than the error together', () => {
    const looks = Array.from({ length: 1_000 }, (_, i) => lookAt(i + 1, 100, 1e-6));
    expect(looks.slice(0, 3).map(({ samplesPerSide }) => samplesPerSide)).toEqual([100, 200, 400]);
    expect(looks.reduce((sum, { error }) => sum + error, 0)).toBeLessThan(1e-6);
  });
});

describe('the event', () => {
  it('is what was seen more often on the left, and counts on other answers', () => {
    const event = chooseEvent(tally(['a', 'a', 'b', 'c']), tally(['a', 'b', 'b', 'd']));
    expect([...event]).toEqual(['a', 'c']);
    expect(countIn(event, ['a', 'c', 'd', 'never seen'])).toBe(2);
  });
});
