import { describe, expect, it } from 'vitest';
import { splitConsensusBudget, testCostRhoPico } from '../../privacy/mechanisms/consensus-charge.ts';
import { voteCostRhoPico } from '../../privacy/mechanisms/vote.ts';
import { chargeForEpsilon } from '../../privacy/mechanisms/vote-charge.ts';
import { RHO_PICO_PER_UNIT } from '../../privacy/pico-rho.ts';
import { measureEfficiency, TARGET_EFFICIENCY } from './measure-efficiency.ts';
import { overallEfficiency } from './overall-efficiency.ts';
import type { Run } from './read-runs.ts';
import { runEvents } from './run-events.ts';

const DELTA = 1e-5;
const pico = (rho: number) => BigInt(Math.ceil(rho * Number(RHO_PICO_PER_UNIT)));

function votes(epsilon: number, count: number): Run {
  const { beta, rhoPico } = chargeForEpsilon(epsilon, DELTA);
  const parameters = { mode: 'exact', beta: { num: String(beta.num), den: String(beta.den) }, s: 256 };
  return { mechanism: 'vote', parameters, chargedRhoPico: rhoPico, count };
}

/** 40 tokens at C = 1, tau = 1, s = 256. */
function shortAnswers(tokens: number, count: number): Run {
  const perToken = pico(2 / 256 ** 2);
  const parameters = {
    mode: 'exact',
    clip: { num: '1', den: '1' },
    tau: 1,
    s: 256,
    tokens: 40,
    rhoPicoPerToken: String(perToken),
  };
  return { mechanism: 'short-answer', parameters, chargedRhoPico: BigInt(tokens) * perToken, count };
}

function consensus(test: 'threshold' | 'margin', drawn: boolean): Run {
  const testRhoPico = testCostRhoPico({ num: 1600n, den: 1n }, test);
  const parameters = {
    mode: 'exact',
    test,
    sigma2: { num: '1600', den: '1' },
    beta: { num: '3', den: '100' },
  };
  return {
    mechanism: 'consensus',
    parameters,
    chargedRhoPico: testRhoPico + (drawn ? voteCostRhoPico({ num: 3n, den: 100n }) : 0n),
    count: 2,
  };
}

describe('runEvents', () => {
  it('takes a vote for its range of 2 beta', () => {
    const { beta } = chargeForEpsilon(0.1, DELTA);
    const eta = (2 * Number(beta.num)) / Number(beta.den);
    expect(runEvents(votes(0.1, 7))).toEqual({
      known: true,
      events: [{ type: 'bounded_range', eta: expect.closeTo(eta, 14), count: 7 }],
    });
  });

  it('takes a short answer for the tokens that were drawn and charged, not those that were asked for', () => {
    expect(runEvents(shortAnswers(12, 3)).events).toEqual([
      { type: 'bounded_range', eta: 4 / 256, count: 36 },
    ]);
  });

  it('takes consensus for its test, and the vote only where it is charged', () => {
    const test = { type: 'discrete_gaussian', sigma: 40, sensitivity: 1, count: 2 };
    expect(runEvents(consensus('threshold', false)).events).toEqual([test]);
    expect(runEvents(consensus('margin', true)).events).toEqual([
      { ...test, sensitivity: 2 },
      { type: 'bounded_range', eta: 0.06, count: 2 },
    ]);
  });

  it('takes the smallest charge for what it is, to the pico-rho', () => {
    const { sigma2, beta, testRhoPico, voteRhoPico } = splitConsensusBudget(9n, 'threshold');
    expect(voteRhoPico).toBeLessThanOrEqual(4n);
    const parameters = {
      ...(consensus('threshold', true).parameters as object),
      sigma2: { num: String(sigma2.num), den: String(sigma2.den) },
      beta: { num: String(beta.num), den: String(beta.den) },
    };
    const of = (chargedRhoPico: bigint) =>
      runEvents({ mechanism: 'consensus', parameters, chargedRhoPico, count: 1 });
    expect(of(testRhoPico).events).toHaveLength(1);
    expect(of(testRhoPico + voteRhoPico).events).toHaveLength(2);
    expect(of(testRhoPico + voteRhoPico + 1n).known).toBe(false);
  });

  it.each([
    ['a price a pico-rho off', { ...votes(0.1, 3), chargedRhoPico: votes(0.1, 1).chargedRhoPico + 1n }],
    ['a mechanism that is not known', { ...votes(0.1, 3), mechanism: 'average' }],
    ['no parameters', { ...votes(0.1, 3), parameters: {} }],
    ['a mode of other noise', { ...votes(0.1, 3), parameters: { mode: 'gaussian', sigma: 40 } }],
    ['a charge that is not that of its beta', { ...votes(0.1, 3), chargedRhoPico: 1_000_000_000n }],
    ['half a token', { ...shortAnswers(2, 3), chargedRhoPico: shortAnswers(1, 1).chargedRhoPico / 2n }],
    [
      'a denominator of nothing',
      { ...votes(0.1, 3), parameters: { mode: 'exact', beta: { num: '1', den: '0' } } },
    ],
  ])('counts %s at its charge', (_what, run) => {
    expect(runEvents(run)).toEqual({
      known: false,
      events: [{ type: 'zcdp', rho: Number(run.chargedRhoPico) / 1e12, xi: 0, count: 3 }],
    });
  });
});

describe('measureEfficiency', () => {
  it('proves .57 of a single small vote, and says why', () => {
    const one = measureEfficiency([votes(0.1, 1)], DELTA);
    expect(one.chargedEpsilon).toBeCloseTo(0.1, 6);
    expect(one).toMatchObject({
      charges: 1,
      draws: 1,
      unknownCharges: 0,
      provenBy: 'pld',
      reason: 'few_draws',
    });
    expect(one.efficiency).toBeCloseTo(0.573, 2);
  });

  it.each([
    [1, 0.1],
    [10, 0.1],
    [100, 0.25],
    [1_000, 0.1],
    [50, 1],
  ])('of %d votes at %d: attained <= proven <= charged', (count, epsilon) => {
    const { attainedEpsilon, provenEpsilon, chargedEpsilon, efficiency } = measureEfficiency(
      [votes(epsilon, count)],
      DELTA,
    );
    expect(attainedEpsilon).toBeGreaterThan(0);
    expect(attainedEpsilon).toBeLessThanOrEqual(provenEpsilon);
    expect(provenEpsilon).toBeLessThanOrEqual(chargedEpsilon);
    expect(efficiency).toBe(provenEpsilon / chargedEpsilon);
  });

  it('reaches the target over a mix of many charges, and none is left out', () => {
    const runs = [votes(0.1, 900), votes(0.5, 40), shortAnswers(20, 30), consensus('margin', true)];
    const mix = measureEfficiency([...runs, { ...votes(0.1, 5), mechanism: 'other' }], DELTA);
    expect(mix).toMatchObject({
      charges: 977,
      draws: 900 + 40 + 600 + 4 + 5,
      unknownCharges: 5,
      reason: null,
    });
    expect(mix.efficiency).toBeGreaterThan(TARGET_EFFICIENCY);
    expect(mix.provenEpsilon).toBeGreaterThan(measureEfficiency(runs, DELTA).provenEpsilon);
  });

  it('has no share where nothing was charged', () => {
    expect(measureEfficiency([], DELTA)).toMatchObject({
      charges: 0,
      chargedEpsilon: 0,
      provenEpsilon: 0,
      attainedEpsilon: 0,
      efficiency: null,
      reason: null,
    });
  });
});

describe('overallEfficiency', () => {
  const measured = (run: Run | null) => ({
    accountId: 'a',
    computedAt: new Date('2026-05-05T00:00:00Z'),
    efficiency: measureEfficiency(run ? [run] : [], DELTA),
  });

  it('weights each account by what it was charged, and leaves out those that were not', () => {
    const overall = overallEfficiency([measured(votes(0.1, 1)), measured(votes(0.1, 1_000)), measured(null)]);
    expect(overall).toMatchObject({ accounts: 2, atTarget: 1, computedAt: new Date('2026-05-05T00:00:00Z') });
    expect(overall.efficiency).toBeGreaterThan(0.95);
  });

  it('is not known where nothing was charged', () => {
    const now = new Date();
    expect(overallEfficiency([], now)).toEqual({
      efficiency: null,
      accounts: 0,
      atTarget: 0,
      computedAt: now,
    });
  });
});
