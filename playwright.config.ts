import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findTestBrowser } from './scripts/test/chromium.ts';

/** Written by scripts/test.ts from the line that `npm start -- --json` prints. */
const DEMO = '.cache/e2e-demo.json';
const demo = existsSync(DEMO)
  ? (JSON.parse(readFileSync(DEMO, 'utf8')) as { consoleUrl: string })
  : undefined;
const executablePath = findTestBrowser();
const ASKING = /(answer-forms|appearance|budgets|charged-once|console|ledger-entries)\.spec\.ts$/;
const ONBOARDING = /onboarding\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  // One federation with one ledger: tests that read a balance must not run beside tests that spend it.
  projects: [
    { name: 'asking', testMatch: ASKING, workers: 1 },
    { name: 'looking', testIgnore: [ASKING, ONBOARDING] },
    // It brings a fifth hospital into the federation and out again: what others count must be counted by then.
    { name: 'onboarding', testMatch: ONBOARDING, workers: 1, dependencies: ['asking', 'looking'] },
  ],
  retries: 0,
  forbidOnly: true,
  // Limits end what hangs and time nothing: generous, for a machine that is slow and does other things too.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: {
    browserName: 'chromium',
    ...(demo ? { baseURL: demo.consoleUrl } : {}),
    // Recording every page costs a third of the time: `playwright test --trace on SPEC` records what fails.
    trace: 'off',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
