import { resolve } from 'node:path';
import { cliEnv } from '#lib/env';
import { type NodeConfig, readConfig } from '../node/config.ts';
import { UsageError } from './usage-error.ts';

export const CONFIG_OPTION = { config: { type: 'string' } } as const;

/** The node that a command is about. @throws UsageError without --config */
export function configOf(words: readonly string[], given: string | undefined): NodeConfig {
  return readConfig(configFile(words, given));
}

export function configFile(words: readonly string[], given: string | undefined): string {
  if (!given) throw new UsageError(`Name the node with --config FILE. See fdlr ${words.join(' ')} --help.`);
  return resolve(cliEnv().INIT_CWD ?? '.', given);
}
