import { expect, it } from 'vitest';
import { timeCalls } from './time-calls.ts';

it('runs a batch of each in turn, the first of which does not count', () => {
  const order: string[] = [];
  const call = (id: string, perBatch: number) => ({
    id,
    metric: id,
    unit: 'us' as const,
    target: null,
    perBatch,
    once: (turn: number) => order.push(`${id}${turn}`),
  });
  const [a, b] = timeCalls([call('a', 2), call('b', 1)], 2);
  expect(order).toEqual(['a0', 'a1', 'b0', 'a2', 'a3', 'b1', 'a4', 'a5', 'b2']);
  expect(a!.batches).toBe(2);
  expect(b!.median).toBeLessThanOrEqual(b!.slowest);
});
