import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import type { EngineConfig } from './config.ts';
import { preflightModel } from './preflight-model.ts';
import { fakeLlamaServer } from './testing/fake-llama-server.ts';
import { startFakeServer } from './testing/fake-server.ts';

const quiet = createLogger('test');
quiet.level = 'silent';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-preflight-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const preflight = (config: EngineConfig) => preflightModel(config, join(folder, 'checks.json'), quiet);

test('says what the model may be used for, and what keeps it from short answers', async () => {
  for (const [slots, found, remedy] of [
    [1, 'fake (llama-server): votes and short answers', null],
    [4, 'fake (llama-server): votes only', /--parallel 1/],
  ] as const) {
    const fake = await startFakeServer(fakeLlamaServer(slots));
    const line = await preflight({ kind: 'llama-server', url: fake.url, model: 'fake', shardMs: 250 });
    expect(line).toMatchObject({ check: 'model', outcome: 'passed', found });
    if (remedy) expect(line.remedy).toMatch(remedy);
    else expect(line.remedy).toBeNull();
    await fake.close();
  }
});

test('a model file or server that is not there fails, with what to do', async () => {
  const gone = await startFakeServer(fakeLlamaServer());
  await gone.close();
  const missing: EngineConfig[] = [
    { kind: 'vllm', url: gone.url, model: 'fake', shardMs: 250 },
    { kind: 'gguf', model: 'file', gguf: join(folder, 'none.gguf'), contextTokens: 256, threads: 1 },
  ];
  for (const config of missing) {
    const line = await preflight(config);
    expect(line.outcome).toBe('failed');
    expect(line.remedy).toMatch(/docs\/engines\.md/);
  }
});
