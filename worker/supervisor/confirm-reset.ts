import { createInterface } from 'node:readline/promises';
import { OperatorError } from './operator-error.ts';

/** Asks on a terminal before everything in the folder is deleted. Scripts said what they want by `--reset`. */
export async function confirmReset(folder: string, yes: boolean) {
  if (yes || !process.stdin.isTTY) return;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `Delete the federation in ${folder}, its ledger and keys included? (yes/no) `,
    );
    if (!['y', 'yes'].includes(answer.trim().toLowerCase())) throw new OperatorError('Nothing was deleted.');
  } finally {
    terminal.close();
  }
}
