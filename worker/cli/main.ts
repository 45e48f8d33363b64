/** `fdlr WORDS... [options]`: see commands.ts. Exit codes: 0 done, 2 asked wrongly, 3 a log that could not be read, 1 anything else. */
import { COMMANDS } from './commands.ts';
import { UnreadableLogError } from './unreadable-log-error.ts';
import { UsageError } from './usage-error.ts';

async function list(): Promise<string> {
  const commands = await Promise.all(COMMANDS.map(({ load }) => load()));
  return [
    'fdlr: the privacy of a federation, accounted for.',
    '',
    ...commands.map(({ words, summary }) => `  fdlr ${words.join(' ')}\n      ${summary}`),
    '',
    '  fdlr COMMAND --help says what it takes.',
  ].join('\n');
}

const asksForHelp = (word: string | undefined) => word === '--help' || word === '-h' || word === 'help';

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || asksForHelp(args[0])) return void process.stdout.write(`${await list()}\n`);
  const listed = COMMANDS.find(({ words }) => words.every((word, i) => args[i] === word));
  if (!listed) throw new UsageError(`There is no command ${named(args)}.\n\n${await list()}`);
  const command = await listed.load();
  const rest = args.slice(command.words.length);
  if (rest.some(asksForHelp)) return void process.stdout.write(`${command.help}\n`);
  await command.run(rest);
}

/** The words before the first option or file, short enough for a line. */
function named(args: readonly string[]): string {
  const words = args.slice(0, 3).filter((word) => /^[a-z][a-z-]{0,30}$/.test(word));
  return words.length > 0 ? `"${words.join(' ')}"` : 'of that name';
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : error instanceof UnreadableLogError ? 3 : 1;
}
