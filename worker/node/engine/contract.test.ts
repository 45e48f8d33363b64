import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from 'vitest';
import { createLogger } from '#lib/log';
import type { ServerConfig } from './config.ts';
import { loadGgufEngine, loadLlamaEngine } from './llama-engine.ts';
import { openServer } from './server/open-server.ts';
import { engineContract } from './testing/engine-contract.ts';
import { fakeLlamaServer } from './testing/fake-llama-server.ts';
import { FAKE_TOKENS } from './testing/fake-model.ts';
import { fakeOpenai } from './testing/fake-openai.ts';
import { type FakeServer, type Reply, startFakeServer } from './testing/fake-server.ts';
import { fakeSglang } from './testing/fake-sglang.ts';
import { fakeVllm } from './testing/fake-vllm.ts';

const gguf = fileURLToPath(new URL('./model/demo-medllama-q8_0.gguf', import.meta.url));
engineContract('the embedded engine', () => loadLlamaEngine());
engineContract('a model file', () =>
  loadGgufEngine({ kind: 'gguf', model: 'file', gguf, contextTokens: 256, threads: 1 }),
);

const quiet = createLogger('test');
quiet.level = 'silent';

/** A contract against a fake that stands as long as its tests. */
function serverContract(kind: ServerConfig['kind'], reply: Reply) {
  describe(kind, () => {
    let folder: string;
    let fake: FakeServer;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'fdlr-engine-'));
      fake = await startFakeServer(reply);
    });
    afterAll(async () => {
      await fake.close();
      rmSync(folder, { recursive: true });
    });
    const open = () =>
      openServer(
        { kind, url: fake.url, model: 'fake', shardMs: 250, endToken: '</s>' },
        join(folder, 'checks.json'),
        quiet,
      );
    engineContract(`a ${kind} server`, open, { tokens: FAKE_TOKENS });
  });
}

serverContract('llama-server', fakeLlamaServer());
serverContract('vllm', fakeVllm);
serverContract('sglang', fakeSglang);
serverContract('openai-compatible', fakeOpenai());
