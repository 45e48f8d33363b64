import { homedir } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { logEnv, privacyEnv } from '#lib/env';

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
    ...Object.fromEntries(settings),
    ...own,
  };
}
