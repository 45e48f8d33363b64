import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['worker/node/engine/testing/real/contract.real.ts'], testTimeout: 120_000 },
});
