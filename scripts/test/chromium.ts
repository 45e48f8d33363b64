import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { testEnv } from '#lib/env';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** PLAYWRIGHT_CHROMIUM, a Chromium of the system, or Playwright's own. */
export function findChromium(): string | undefined {
  const { PLAYWRIGHT_CHROMIUM: named } = testEnv();
  return [named, ...SYSTEM, chromium.executablePath()].find((path) => path && existsSync(path));
}

function apt(...args: string[]) {
  execFileSync('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], {
    stdio: ['ignore', 'ignore', 2],
  });
}

/** Finds a Chromium, or installs Debian's where that is possible. Throws with what the reader can do about it. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const hint = 'Install one (Debian: apt-get install chromium) or name one in PLAYWRIGHT_CHROMIUM.';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`No Chromium was found for the browser tests. ${hint}`);
  console.log('No Chromium was found: installing the chromium package');
  try {
    apt('-o', 'DPkg::Lock::Timeout=600', 'update');
    apt('-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '--no-install-recommends', 'chromium');
  } catch (cause) {
    throw new Error(`Chromium could not be installed. ${hint}`, { cause });
  }
  const installed = findChromium();
  if (!installed) throw new Error(`The chromium package left no Chromium behind. ${hint}`);
  return installed;
}
