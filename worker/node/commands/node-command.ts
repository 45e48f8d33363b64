import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type NodeConfig, readConfig } from '../config.ts';

export type NodeCommand = (args: readonly string[]) => Promise<void>;

/** What the caller can put right: exit code 2. */
export class NodeCommandError extends Error {
  override readonly name = 'NodeCommandError';
}

/** The options of a command and the node it is about. */
export function readArguments<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
) {
  const parsed = parse(args, { config: { type: 'string' } as const, ...options });
  const { config: file } = parsed.values as { config?: string };
  if (file === undefined) throw new NodeCommandError("Name the node's configuration with --config FILE.");
  return { ...parsed, config: readConfig(file) as NodeConfig };
}

function parse<const O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new NodeCommandError(error instanceof Error ? error.message : String(error));
  }
}

export function print(value: unknown): void {
  process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
}
