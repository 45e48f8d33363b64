import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { config } from './guard/test-round.ts';
import { LEAST_TICK_MS } from './lanes/time-quotas.ts';
import { startNode } from './start-node.ts';

test('a node whose replies would show a stalling shard does not start, and writes nothing', async () => {
  const dataDir = join(tmpdir(), `fdlr-short-tick-${process.pid}`);
  const events = { onConnected: () => {}, onBroken: () => {} };
  const starting = startNode({ ...config, dataDir, tickMs: LEAST_TICK_MS - 1 }, createLogger('test'), events);
  await expect(starting).rejects.toThrow(/^tickMs: /);
  expect(existsSync(dataDir)).toBe(false);
});
