import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const NEEDS_POSTGRES = ['**/*.db.test.ts'];
const NEEDS_PROCESSES = ['**/*.integration.test.ts'];
/** Run within worker/router/one-federation.integration.test.ts. */
const SHARED = ['**/*.shared.test.ts'];
const NOT_OURS = ['**/node_modules/**', '.next/**', '.data/**', '.cache/**'];

/** They end what hangs and time nothing: generous, for a machine that is slow and does other things too. */
const LIMITS = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
};

export default defineConfig({
  test: {
    // Two even on two cores: what runs processes mostly waits for them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NEEDS_POSTGRES, ...NEEDS_PROCESSES, ...SHARED, ...NOT_OURS],
          ...LIMITS,
          // Pure functions mostly: one process for many files saves more time than the tests take.
          isolate: false,
        },
      },
      {
        test: {
          name: 'database',
          include: NEEDS_POSTGRES,
          exclude: NOT_OURS,
          globalSetup: ['lib/db/testing-server.ts'],
          ...LIMITS,
          // A database of its own for each file; what they import is loaded once.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: NEEDS_PROCESSES,
          exclude: NOT_OURS,
          globalSetup: ['lib/db/testing-server.ts'],
          ...LIMITS,
        },
      },
    ],
  },
});
