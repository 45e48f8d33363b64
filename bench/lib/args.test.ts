import { expect, test } from 'vitest';
import { parseFlags, UsageError } from './args.ts';

const FLAGS = { values: ['json', 'records'], switches: ['quick'] };
const parse = (...args: string[]) => parseFlags(args, FLAGS);

test('reads values and switches in any order', () => {
  const { values, switches } = parse('--quick', '--json', 'out.json');
  expect(values).toEqual({ json: 'out.json' });
  expect([...switches]).toEqual(['quick']);
  expect(parse()).toEqual({ values: {}, switches: new Set() });
});

test.each([
  [['--slow'], 'Unknown argument --slow'],
  [['out.json'], 'Unknown argument out.json'],
  [['xxquick'], 'Unknown argument xxquick'],
  [['--json'], '--json needs a value'],
  [['--json', '--quick'], '--json needs a value'],
])('%j is an error that says why', (args, message) => {
  expect(() => parse(...args)).toThrow(message);
  expect(() => parse(...args)).toThrow(UsageError);
});
