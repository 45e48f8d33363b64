import { expect, it } from 'vitest';
import { formatAge } from './age.ts';

it.each([
  [-5000, 'now'],
  [0, 'now'],
  [59_000, 'now'],
  [60_000, '1 minute ago'],
  [119_000, '1 minute ago'],
  [7_300_000, '2 hours ago'],
  [90_000_000, 'yesterday'],
  [3 * 86_400_000, '3 days ago'],
])('says of %d ms: %s', (ageMs, text) => {
  expect(formatAge(ageMs, 'en')).toBe(text);
});
