import { expect, it } from 'vitest';
import { waitWords } from './wait-words.ts';

it('never names less than the wait', () => {
  expect([1, 1_000, 1_001, 59_001, 60_001, 3_600_000].map(waitWords)).toEqual([
    '1 second',
    '1 second',
    '2 seconds',
    '1 minute',
    '2 minutes',
    '60 minutes',
  ]);
});
