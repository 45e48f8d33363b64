import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epsilonFromRho, rhoFromEpsilon } from '../accounting/zcdp.ts';
import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { chargeForEpsilon } from './vote-charge.ts';

describe('chargeForEpsilon', () => {
  it.each([
    [0.1, 4117n],
    [0.25, 756n],
    [0.5, 209n],
    [1, 58n],
  ])('at epsilon %d lets a cap of epsilon 10 buy %d votes', (epsilon, votes) => {
    expect(rhoFromEpsilon(10, 1e-5) / chargeForEpsilon(epsilon, 1e-5).rhoPico).toBe(votes);
  });

  it('covers the draw and stays within the epsilon asked for', () => {
    const epsilons = fc.double({ min: 1e-3, max: 50, noNaN: true });
    const deltas = fc.double({ min: 1e-10, max: 1e-3, noNaN: true });
    fc.assert(
      fc.property(epsilons, deltas, (epsilon, delta) => {
        const charge = chargeForEpsilon(epsilon, delta);
        const { num, den } = charge.beta;
        expect(num * num * RHO_PICO_PER_UNIT <= 2n * den * den * charge.rhoPico).toBe(true);
        expect(charge.rhoPico <= rhoFromEpsilon(epsilon, delta)).toBe(true);
        expect(epsilonFromRho(charge.rhoPico, delta)).toBeLessThanOrEqual(charge.epsilon);
        expect(charge.epsilon).toBe(epsilon);
      }),
    );
  });

  it('refuses parameters that mean nothing', () => {
    expect(() => chargeForEpsilon(0, 1e-5)).toThrow(/^epsilon/);
    expect(() => chargeForEpsilon(1, 0)).toThrow(/^delta/);
  });
});
