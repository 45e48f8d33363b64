import { homedir } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logEnv, privacyEnv } from '#lib/env';

/** Compiled code is kept between starts: a process starts in half the time. A folder that cannot be written to is only slower. */
const COMPILED = fileURLToPath(new URL('../../.cache/compiled/', import.meta.url));

/**
 * What every child gets and no more: where programs are, and the operator's FEDERATED_ settings as they were checked
 * here. Addresses and secrets are added per child, so that a hospital node never holds the database's URL.
 */
export function childEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const settings = Object.entries({ ...privacyEnv(), ...logEnv() }).map(([name, value]) => [
    name,
    String(value),
  ]);
  return {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    HOME: homedir(),
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: COMPILED,
    ...Object.fromEntries(settings),
    ...own,
  };
}
