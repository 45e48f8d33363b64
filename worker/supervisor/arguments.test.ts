import { expect, test } from 'vitest';
import { parseArguments } from './arguments.ts';
import { OperatorError } from './operator-error.ts';

function refusal(...argv: string[]): { message: string; exitCode: number } {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof OperatorError) return { message: error.message, exitCode: error.exitCode };
    throw error;
  }
  throw new Error('was accepted');
}

test('without arguments it starts in .data from port 3000', () => {
  const options = parseArguments([]);
  expect(options).toMatchObject({ json: false, portBase: 3000, reset: false, yes: false });
  expect(options?.dataDir).toMatch(/\/\.data$/);
});

test('help is an answer of its own', () => {
  expect(parseArguments(['--help'])).toBeUndefined();
});

test.each([
  [['--frob'], "Unknown option '--frob'. See --help."],
  [['elsewhere'], /^Unexpected argument 'elsewhere'/],
  [['--port-base', 'x'], /^--port-base must be a whole number/],
  [['--port-base', '65500'], /^--port-base must be a whole number/],
  [['--data-dir', ''], '--data-dir must name a folder.'],
])('%j is refused in one line that names it', (argv, message) => {
  const refused = refusal(...argv);
  expect(refused.exitCode).toBe(2);
  expect(refused.message).toMatch(message);
  expect(refused.message).not.toContain('\n');
});
