import { describe, expect, it } from 'vitest';
import { discreteGaussianPair } from './lattice-pairs.ts';
import { pldEpsilon } from './pld.ts';

type Atom = { loss: number; mass: number };

/** Every point of the lattice, as far out as any has a weight. */
function allPoints(sigma: number, sensitivity: number): Atom[] {
  const last = Math.ceil(12 * sigma);
  const weights = Array.from({ length: 2 * last + 1 }, (_, i) =>
    Math.exp(-((i - last) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, i) => ({
    loss: (sensitivity * (2 * (i - last) + sensitivity)) / (2 * sigma ** 2),
    mass: weight / total,
  }));
}

const hockeyStick = (atoms: readonly Atom[], epsilon: number) =>
  atoms.reduce((sum, { loss, mass }) => sum + (loss > epsilon ? mass * -Math.expm1(epsilon - loss) : 0), 0);

describe('a wide discrete Gaussian', () => {
  it.each([
    [600, 1],
    [1_031.7, 3],
    [9_999.9, 1_000],
  ])(
    'of sigma %d, sensitivity %d is few atoms, never below all points and next to them',
    (sigma, sensitivity) => {
      const exact = allPoints(sigma, sensitivity);
      const { atoms, infinite } = discreteGaussianPair({
        type: 'discrete_gaussian',
        sigma,
        sensitivity,
        count: 1,
      });
      expect(atoms.length).toBeLessThan(12_000);
      for (let deviations = -4; deviations <= 6; deviations += 0.37) {
        const epsilon = (deviations * sensitivity) / sigma;
        const want = hockeyStick(exact, epsilon);
        const got = infinite + hockeyStick(atoms, epsilon);
        expect(got).toBeGreaterThanOrEqual(want * (1 - 1e-11));
        expect(got).toBeLessThanOrEqual(want * (1 + 1e-3) + 1e-20);
      }
    },
  );

  it.each([511, 513, 1024, 5000])('of sigma %d keeps all mass under both neighbours', (sigma) => {
    const { atoms } = discreteGaussianPair({ type: 'discrete_gaussian', sigma, sensitivity: 2, count: 1 });
    expect(atoms.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 11);
    expect(atoms.reduce((sum, { loss, mass }) => sum + mass * Math.exp(-loss), 0)).toBeCloseTo(1, 11);
  });

  it('costs less with more noise, across the change of form', () => {
    const epsilons = [500, 511, 512, 513, 600, 768].map(
      (sigma) =>
        pldEpsilon([{ type: 'discrete_gaussian', sigma, sensitivity: 1, count: 500 }], 1e-5, 'replace_one')!,
    );
    expect(epsilons).toEqual([...epsilons].sort((a, b) => b - a));
  });
});
