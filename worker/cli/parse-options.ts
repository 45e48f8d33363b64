import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** Options and files of a command. @throws UsageError naming what is not known, and where to read what is. */
export function parseOptions<const O extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.? To specify/)[0] : String(error);
    throw new UsageError(`${reason?.replace(/\.$/, '')}. See fdlr ${words.join(' ')} --help.`);
  }
}
