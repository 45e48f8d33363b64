import fc from 'fast-check';
import { expect, it } from 'vitest';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import { consequenceOf, type HolderStanding } from './consequence.ts';

const DELTA = '0.00001';
const standing = (more: Partial<HolderStanding> = {}): HolderStanding => ({
  delta: DELTA,
  capRho: '1',
  spentRho: '0.5',
  reservedRho: '0.1',
  lifetimeSpentRho: '0.9',
  othersWorstRho: '0.4',
  ...more,
});

it('a raise says the bound before and after, and both of the lifetime', () => {
  const result = consequenceOf(standing(), 2n * 10n ** 12n);
  const epsilon = (rho: number) => epsilonFromRho(BigInt(Math.round(rho * 1e12)), Number(DELTA));
  expect(result).toMatchObject({ change: 'raises', belowUsed: false, toRho: '2', usedRho: '0.6' });
  expect(result.fromEpsilon).toBeCloseTo(epsilon(1), 12);
  expect(result.toEpsilon).toBeCloseTo(epsilon(2), 12);
  expect(result.lifetimeSpentEpsilon).toBeCloseTo(epsilon(0.9), 12);
  // Rho adds up over the periods; adding epsilons would overstate it.
  expect(result.lifetimeWorstEpsilon).toBeCloseTo(epsilon(2.4), 12);
  expect(result.lifetimeWorstEpsilon).toBeLessThan(epsilon(2) + epsilon(0.4));
});

it('says the bound of all periods before and after, and never less than what is used already', () => {
  const epsilon = (rho: number) => epsilonFromRho(BigInt(Math.round(rho * 1e12)), Number(DELTA));
  const low = consequenceOf(standing(), 10n ** 11n);
  expect(low.lifetimeFromEpsilon).toBe(epsilon(1.4));
  expect(low.lifetimeWorstEpsilon).toBe(epsilon(1));
  const fresh = consequenceOf(standing({ capRho: null, spentRho: '0', reservedRho: '0' }), 10n ** 12n);
  expect(fresh.lifetimeFromEpsilon).toBe(epsilon(0.4));
});

it('a new account has no bound before', () => {
  expect(consequenceOf(standing({ capRho: null, spentRho: '0', reservedRho: '0' }), 5n)).toMatchObject({
    change: 'opens',
    fromEpsilon: null,
    belowUsed: false,
  });
});

it('is below what is used exactly when the cap could not bear spent and reserved together', () => {
  const pico = fc.bigInt(0n, 8n);
  fc.assert(
    fc.property(pico, pico, pico, (to, spent, reserved) => {
      const given = standing({ spentRho: formatRho(spent), reservedRho: formatRho(reserved) });
      expect(consequenceOf(given, to).belowUsed).toBe(spent + reserved > to);
    }),
  );
});
