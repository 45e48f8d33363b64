import { defineConfig } from 'vitest/config';

const NEEDS_POSTGRES = ['**/*.db.test.ts'];
const NEEDS_PROCESSES = ['**/*.integration.test.ts'];
const NOT_OURS = ['**/node_modules/**', '.next/**', '.data/**', '.cache/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NEEDS_POSTGRES, ...NEEDS_PROCESSES, ...NOT_OURS],
          testTimeout: 30_000,
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
