import { expect, test } from 'vitest';
import { chargeForEpsilon } from '../../lib/privacy/mechanisms/vote-charge.ts';
import { sampleExponential } from '../../lib/privacy/sampling/exponential-mechanism.ts';
import { seededRandom } from '../../lib/privacy/testing/seeded-random.ts';
import { accuracyOf, DELTA, EPSILONS } from './score.ts';

test('without noise the plurality is right, and a tie by its share', () => {
  const noiseless = (counts: number[], truth: number) => accuracyOf([{ counts, truth }]).noiseless;
  expect(noiseless([3, 1], 0)).toBe(1);
  expect(noiseless([3, 1], 1)).toBe(0);
  expect(noiseless([3, 3, 1], 1)).toBe(0.5);
  expect(noiseless([0, 0, 0, 0], 2)).toBe(0.25);
});

test("is what the product's own draws come to", () => {
  const counts = [40, 12, 8, 4];
  const at = EPSILONS.indexOf(0.5);
  const { beta } = chargeForEpsilon(0.5, DELTA);
  const random = seededRandom('accuracy');
  const draws = 4_000;
  let right = 0;
  for (let i = 0; i < draws; i += 1)
    if (sampleExponential({ scores: counts, beta, random }) === 0) right += 1;
  expect(Math.abs(right / draws - (accuracyOf([{ counts, truth: 0 }]).private[at] ?? 0))).toBeLessThan(0.03);
});
