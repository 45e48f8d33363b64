import { expect, test } from 'vitest';
import { entryTerms } from './entry-terms.ts';

test('reads what the mechanisms leave in the ledger', () => {
  const fraction = (num: string, den: string) => ({ num, den });
  expect(
    entryTerms({ mode: 'exact', K: 4, s: 192, beta: fraction('1', '8'), cohort: ['a', 'b', 'c'] }),
  ).toEqual({ labels: 4, shards: 192, nodes: 3, beta: 0.125 });
  expect(entryTerms({ test: 'margin', sigma2: fraction('100', '1') })).toEqual({
    test: 'margin',
    sigma2: 100,
  });
  expect(entryTerms({ clip: fraction('1', '2'), maxTokens: 16 })).toEqual({ clip: 0.5, maxTokens: 16 });
});

test.each([{}, null, 'text', { K: 'four', beta: { num: '1', den: '0' } }, { beta: 1 }])(
  'leaves out what it does not know: %j',
  (parameters) => {
    expect(entryTerms(parameters)).toEqual({});
  },
);
