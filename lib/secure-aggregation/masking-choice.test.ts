import { expect, test } from 'vitest';
import { chooseMasking, mostColluding, mostDropouts, thresholdOf } from './masking-choice.ts';

const available = (nodes: number, each = 0.99) => chooseMasking(Array.from({ length: nodes }, () => each));

test.each([
  [5, 0.951, 'all-or-nothing'],
  [9, 0.914, 'all-or-nothing'],
  [20, 0.818, 'survives-dropouts'],
  [50, 0.605, 'survives-dropouts'],
] as const)('%i nodes that answer 99 times in 100 all answer with chance %d', (nodes, predicted, masking) => {
  expect(available(nodes)).toEqual({ masking, predicted: expect.closeTo(predicted, 3) });
});

test('three nodes have no dropout to give, however bad they are', () => {
  expect(available(3, 0.5).masking).toBe('all-or-nothing');
  expect(available(4, 0.5).masking).toBe('survives-dropouts');
});

test.each([
  [3, 3, 0, 2],
  [4, 3, 1, 1],
  [5, 4, 1, 2],
  [9, 7, 2, 4],
  [50, 34, 16, 17],
])('of %i nodes %i suffice, %i may be absent and %i collude', (nodes, threshold, dropouts, collude) => {
  expect(thresholdOf(nodes)).toBe(threshold);
  expect(mostDropouts(nodes)).toBe(dropouts);
  expect(mostColluding(nodes)).toBe(collude);
  // Two sets of signers of this size share an honest node, so no two sets of survivors are both signed.
  expect(2 * threshold - nodes).toBeGreaterThan(collude);
});
