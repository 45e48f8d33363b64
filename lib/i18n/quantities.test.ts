import { expect, it } from 'vitest';
import {
  formatDelta,
  formatEpsilon,
  formatFactor,
  formatRhoFixed,
  formatRhoShort,
  formatShare,
  formatShareAtMost,
  shorten,
} from './quantities.ts';

it.each([
  [0.1, '0.100'],
  [10, '10.0'],
  [9.99999999, '10.0'],
  [0.0851, '0.0851'],
  [0, '0'],
])('shows epsilon %d as %s', (epsilon, text) => {
  expect(formatEpsilon(epsilon, 'en')).toBe(text);
});

it.each([
  ['0.00001', '1e-5'],
  ['0.0000000001', '1e-10'],
  [1e-6, '1e-6'],
])('shows delta %s as %s', (delta, text) => {
  expect(formatDelta(delta)).toBe(text);
});

it.each([
  [0, '0%'],
  [0.0002, '< 0.1%'],
  [0.0049, '0.5%'],
  [0.42, '42%'],
  [0.9876, '99%'],
  [0.9995, '> 99.9%'],
  [1, '100%'],
])('never rounds the share %d to nothing or all', (share, text) => {
  expect(formatShare(share, 'en')).toBe(text);
});

it.each([
  [0, '0%'],
  [0.0002, '0.1%'],
  [0.571, '58%'],
  [0.85, '85%'],
  [0.57, '57%'],
  [0.9912, '99.2%'],
  [0.9995, '100%'],
  [1, '100%'],
])('rounds a share %d of which "at most" is said up to %s', (share, text) => {
  expect(formatShareAtMost(share, 'en')).toBe(text);
});

it.each([
  [1, '1'],
  [1.0606, '1.061'],
  [1.9999, '2'],
  [Math.E, '2.8'],
  [Math.E ** 2, '7.4'],
  [9.96, '10'],
  [1806.4, '1,807'],
  [Number.MAX_VALUE, '> 1,000,000'],
])('shows the factor %d as %s, never less than it is', (factor, text) => {
  expect(formatFactor(factor, 'en')).toBe(text);
});

it('shows by how little two balances differ', () => {
  expect(formatRhoFixed('125.600433211987', 'en')).toBe('125.600433');
  expect(formatRhoFixed('125.6', 'en')).toBe('125.600000');
});

it('shortens for reading only', () => {
  expect(formatRhoShort('0.000433211987', 'en')).toBe('0.0004332');
  expect(shorten('0123456789abcdef0123456789abcdef')).toBe('01234567…abcdef');
  expect(shorten('short')).toBe('short');
});
