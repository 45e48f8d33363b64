import { expect, test } from 'vitest';
import { add, check, lastLine } from './tally.ts';

test('the last line counts every stage of the run', () => {
  const unit = { passed: 120, failed: 0, skipped: 3 };
  expect(lastLine([check(true), check(false), unit].reduce(add))).toBe('121 passed, 1 failed, 3 skipped');
});
