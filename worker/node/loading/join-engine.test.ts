import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { generateHospitalRecords } from '../../../prisma/seed/records/index.ts';
import type { EngineConfig } from '../engine/config.ts';
import { openEngine } from '../engine/open-engine.ts';
import { fakeOpenai } from '../engine/testing/fake-openai.ts';
import { type FakeServer, startFakeServer } from '../engine/testing/fake-server.ts';
import { LEAST_TICK_MS } from '../lanes/time-quotas.ts';
import { joinEngine } from './join-engine.ts';
import { type Shards, startShards } from './start-shards.ts';

const SHARDS = 3;
/** What a reply may take on a machine that does other things too; every vote takes this long a shard. */
const SHARD_MS = 800;
const VOTE = {
  kind: 'vote',
  requestId: '00000000-0000-4000-8000-000000000001',
  prompt: 'crushing chest pain radiating to the left arm, sweating',
  labels: ['Acute myocardial infarction', 'Migraine', 'Asthma'],
} as const;
const quiet = createLogger('test');
quiet.level = 'silent';
let folder: string;
let fake: FakeServer;
let shards: Shards;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-join-'));
  await generateHospitalRecords({ seed: 'join', hospitalKey: 'harbour', patients: 120, folder });
  fake = await startFakeServer(fakeOpenai());
  const setup = { recordsDir: folder, shardKey: Buffer.alloc(32, 3), shards: SHARDS, lanes: 1 };
  shards = await startShards({ ...setup, roundMs: ROUND_DEADLINE_MS });
});
afterAll(async () => {
  await shards.close();
  await fake.close();
  rmSync(folder, { recursive: true });
});

test('a model behind a server reads each shard’s records; when it is gone, every shard abstains', async () => {
  const engine: EngineConfig = {
    kind: 'openai-compatible',
    url: fake.url,
    model: 'fake',
    shardMs: SHARD_MS,
    contextTokens: 1_024,
  };
  const opened = await openEngine(engine, join(folder, 'checks.json'), quiet);
  const config = { engine, shards: SHARDS, lanes: 4, tickMs: 160 };
  const joined = await joinEngine(config, opened, shards, Buffer.alloc(32, 7));
  // It is no engine for short answers, so its shards are asked one after the other, and replies wait for all of them.
  expect(joined.tickMs).toBe((SHARDS + 1) * SHARD_MS + LEAST_TICK_MS);
  const before = fake.asked.length;
  const votes = await joined.sum(VOTE);
  expect(votes.reduce((sum, count) => sum + count, 0)).toBe(SHARDS);
  const prompts = fake.asked.slice(before).map(({ body }) => JSON.stringify(body.messages));
  expect(prompts).toHaveLength(SHARDS);
  for (const prompt of prompts) expect(prompt).toContain('[1] ');
  expect(new Set(prompts.map((prompt) => prompt.split('Question:')[0])).size).toBe(SHARDS);

  // A public question comes in after the shards' whole time, though the model was done with them long before.
  const model = await joined.publicModel();
  const again = joined.sum(VOTE);
  await expect.poll(() => fake.asked.length).toBeGreaterThan(before + SHARDS);
  await model.generate('What is asthma?', 4);
  await again;
  expect(JSON.stringify(fake.asked.at(-1)?.body)).toContain('What is asthma?');

  fake.faults.status = 500;
  expect([...(await joined.sum(VOTE))]).toEqual([0, 0, 0]);
  fake.faults.status = 200;
  await (await opened.load()).close();
});

test('a node whose shards cannot all ask within a round does not start', async () => {
  const engine: EngineConfig = { kind: 'openai-compatible', url: fake.url, model: 'fake', shardMs: 4_000 };
  const opened = await openEngine(engine, join(folder, 'checks.json'), quiet);
  const config = { engine, shards: SHARDS, lanes: 4, tickMs: 160 };
  await expect(joinEngine(config, opened, shards, Buffer.alloc(32))).rejects.toThrow(/^engine\.shardMs/);
  await (await opened.load()).close();
});
