import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { OperatorError } from './operator-error.ts';

type Terminal = { input: Readable & { isTTY?: boolean }; output: Writable };

const OURS: Terminal = { input: process.stdin, output: process.stderr };

/** Asks on a terminal before anything in the folder is deleted. Scripts said what they want by `--reset`. */
export async function confirmReset(folder: string, { yes }: { yes: boolean }, terminal = OURS) {
  if (yes || !terminal.input.isTTY) return;
  const answer = await ask(
    `Delete all that happened in ${folder} since it was first seeded? Its keys go too where no copy of that state fits. (yes/no) `,
    terminal,
  );
  if (answer === undefined) terminal.output.write('\n');
  if (!['y', 'yes'].includes(answer?.trim().toLowerCase() ?? ''))
    throw new OperatorError('Nothing was deleted, because the answer was not yes.');
}

/** The line that was typed; undefined when the terminal closes first, or with Ctrl-C or Ctrl-D. */
async function ask(question: string, { input, output }: Terminal): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  const closed = new Promise<undefined>((done) => {
    lines.once('close', () => done(undefined));
    // A terminal that is gone ends in EIO; readline passes it on.
    lines.once('error', () => done(undefined));
  });
  try {
    return await Promise.race([lines.question(question), closed]);
  } catch (error) {
    if ((error as Error).name === 'AbortError') return undefined;
    throw error;
  } finally {
    lines.close();
  }
}
