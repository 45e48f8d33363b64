import { expect, it } from 'vitest';
import { mostOfPeriod, mostUnderCap } from './most-of-period.ts';

const NOW = new Date('2026-06-15T00:00:00Z');
const account = { capRhoPico: 10n, spentRhoPico: 3n, reservedRhoPico: 1n };

it('a period that is over comes to what was used in it, any other to its cap', () => {
  expect(mostOfPeriod({ ...account, period: '2025' }, NOW)).toBe(4n);
  expect(mostOfPeriod({ ...account, period: '2026' }, NOW)).toBe(10n);
  expect(mostOfPeriod({ ...account, period: '2027' }, NOW)).toBe(10n);
  expect(mostOfPeriod({ ...account, period: '2026' }, new Date('2027-01-01T00:00:00Z'))).toBe(4n);
});

it('a cap below what is used takes nothing back', () => {
  expect(mostUnderCap(account, 2n)).toBe(4n);
  expect(mostUnderCap(account, 5n)).toBe(5n);
});
