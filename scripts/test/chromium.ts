import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { testEnv } from '#lib/env';
import { canInstall, install } from './apt.ts';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Debian's Chromium without windows: its pages are the same, in two thirds of the time. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** For the browser tests: PLAYWRIGHT_CHROMIUM, the one without windows, or any. */
export function findTestBrowser(): string | undefined {
  return !testEnv().PLAYWRIGHT_CHROMIUM && existsSync(SHELL) ? SHELL : findChromium();
}

/** Finds one, and has Debian's without windows installed where that is possible. */
export function ensureTestBrowser(): string {
  const found = findTestBrowser();
  if (found === SHELL || testEnv().PLAYWRIGHT_CHROMIUM || !canInstall()) return found ?? ensureChromium();
  console.log('Installing the chromium-headless-shell package: the browser tests take less time with it');
  try {
    install('chromium-headless-shell');
  } catch {
    console.log('It could not be installed');
  }
  return findTestBrowser() ?? ensureChromium();
}

/** PLAYWRIGHT_CHROMIUM, a Chromium of the system, or Playwright's own. */
export function findChromium(): string | undefined {
  const { PLAYWRIGHT_CHROMIUM: named } = testEnv();
  return [named, ...SYSTEM, chromium.executablePath()].find((path) => path && existsSync(path));
}

/** Finds a Chromium, or installs Debian's where that is possible. Throws with what the reader can do about it. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const hint = 'Install one (Debian: apt-get install chromium) or name one in PLAYWRIGHT_CHROMIUM.';
  if (!canInstall()) throw new Error(`No Chromium was found for the browser tests. ${hint}`);
  console.log('No Chromium was found: installing the chromium package');
  try {
    install('chromium');
  } catch (cause) {
    throw new Error(`Chromium could not be installed. ${hint}`, { cause });
  }
  const installed = findChromium();
  if (!installed) throw new Error(`The chromium package left no Chromium behind. ${hint}`);
  return installed;
}
