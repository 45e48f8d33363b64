import { preflight } from '../node/enrol/preflight.ts';
import type { Command } from './command.ts';
import { CONFIG_OPTION, configOf } from './node-config.ts';
import { parseOptions } from './parse-options.ts';

const WORDS = ['node', 'preflight'];

const HELP = `fdlr node preflight --config FILE [--json]

Looks at everything that the node needs: DNS, TLS and its key agreement, the pinned authority, the clock, the records, the
language model, and a dry aggregate of zeros. Each line that fails says what to do. The console shows the last one.
Exit codes: 0 all passed, 1 something failed, 2 asked wrongly.`;

const MARKS = { passed: 'ok     ', failed: 'FAILED ', skipped: 'skipped' } as const;

export const nodePreflight: Command = {
  words: WORDS,
  summary: 'Checks what a node needs before it can answer, and says what to do.',
  help: HELP,
  async run(args) {
    const { values } = parseOptions(WORDS, args, {
      ...CONFIG_OPTION,
      json: { type: 'boolean', default: false },
    });
    const { lines, reported } = await preflight(configOf(WORDS, values.config));
    if (values.json) process.stdout.write(`${JSON.stringify({ lines, reported })}\n`);
    else {
      for (const { check, outcome, found, remedy } of lines)
        process.stdout.write(
          `${MARKS[outcome]}  ${check.padEnd(9)}  ${found}${remedy ? `\n         ${remedy}` : ''}\n`,
        );
      process.stdout.write(reported ? 'Reported to the console.\n' : 'The router could not be told.\n');
    }
    if (lines.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
  },
};
