import { expect, test } from 'vitest';
import { add, check, failureLines, lastLine } from './tally.ts';

test('the last lines count every stage of the run, and name what failed', () => {
  const unit = { passed: 120, failed: 0, skipped: 3, failures: [] };
  const total = [check(true), check(false, 'Lint'), unit, check(false, 'a.test.ts: it adds up')].reduce(add);
  expect(lastLine(total)).toBe('121 passed, 2 failed, 3 skipped');
  expect(failureLines(total)).toEqual(['Failed:', '  Lint', '  a.test.ts: it adds up', '']);
  expect(failureLines(unit)).toEqual([]);
});
