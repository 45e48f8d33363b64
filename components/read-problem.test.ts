import { expect, it } from 'vitest';
import { readProblem } from './read-problem.ts';

it('reads a problem, and takes nothing else for one', () => {
  const problem = { status: 409, code: 'conflict', detail: 'It has changed.', charged: false };
  expect(readProblem(problem)).toEqual(problem);
  for (const other of [
    null,
    'x',
    {},
    { ...problem, code: 1 },
    { ...problem, charged: 'no' },
    { ...problem, param: 1 },
  ])
    expect(readProblem(other)).toBeNull();
});
