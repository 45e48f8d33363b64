import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether packages of the system can be installed without asking anybody. */
export const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function apt(...args: string[]) {
  execFileSync(
    'env',
    ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=600', ...args],
    {
      stdio: ['ignore', 'ignore', 2],
    },
  );
}

/** Installs a package of Debian's. Throws where there is none, or no way to it. */
export function install(name: string) {
  apt('update');
  // A configuration that is there already stays.
  apt('install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', name);
}
