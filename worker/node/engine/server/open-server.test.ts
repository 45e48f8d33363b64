import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import type { ServerConfig } from '../config.ts';
import { NotExactError } from '../engine.ts';
import { fakeLlamaServer } from '../testing/fake-llama-server.ts';
import { fakeOpenai } from '../testing/fake-openai.ts';
import { type FakeServer, type Faults, type Reply, startFakeServer } from '../testing/fake-server.ts';
import { fakeSglang } from '../testing/fake-sglang.ts';
import { fakeVllm } from '../testing/fake-vllm.ts';
import { openServer } from './open-server.ts';

type Kind = ServerConfig['kind'];
const EXACT: [Kind, Reply][] = [
  ['llama-server', fakeLlamaServer()],
  ['vllm', fakeVllm],
  ['sglang', fakeSglang],
];
const QUESTION = { prompt: 'What is asthma?', prefix: [], maxTokens: 8 };
const quiet = createLogger('test');
quiet.level = 'silent';

let folder: string;
let fake: FakeServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-server-'));
});
afterEach(async () => {
  await fake?.close();
  rmSync(folder, { recursive: true });
});
const checks = () => join(folder, 'checks.json');

async function open(kind: Kind, reply: Reply, faults: Faults = {}, more: Partial<ServerConfig> = {}) {
  fake = await startFakeServer(reply);
  Object.assign(fake.faults, faults);
  const config = {
    kind,
    url: fake.url,
    model: 'fake',
    shardMs: 250,
    endToken: '</s>',
    ...more,
  } as ServerConfig;
  return openServer(config, checks(), quiet);
}

describe.each(EXACT)('%s', (kind, reply) => {
  test('whose scores do not change beside others may give short answers, and is tested once', async () => {
    const engine = await open(kind, reply);
    expect(engine.capabilities).toMatchObject({ exactScores: true, batchInvariant: true });
    await engine.close();
    const asked = fake!.asked.length;
    const config = { kind, url: fake!.url, model: 'fake', shardMs: 250, endToken: '</s>' } as ServerConfig;
    const again = await openServer(config, checks(), quiet);
    expect(again.capabilities.batchInvariant).toBe(true);
    expect(fake!.asked.length - asked).toBeLessThan(10);
    await again.close();
  });

  test('whose scores change beside others may not, and is shown one prompt at a time', async () => {
    const engine = await open(kind, reply, { jitter: true });
    expect(engine.capabilities.batchInvariant).toBe(false);
    const alone = await engine.candidateScores(QUESTION, [65, 66]);
    const many = await Promise.all(
      Array.from({ length: 8 }, () => engine.candidateScores(QUESTION, [65, 66])),
    );
    for (const one of many) expect(one).toEqual(alone);
    await engine.close();
  });

  test('that gives logits is refused at the start', async () => {
    await expect(open(kind, reply, { logits: true })).rejects.toThrow(NotExactError);
  });

  test('that cuts off its scores gives none', async () => {
    const engine = await open(kind, reply);
    fake!.faults.cutOff = true;
    const candidates = Array.from({ length: 60 }, (_, at) => 40 + at);
    await expect(engine.candidateScores(QUESTION, candidates)).rejects.toThrow(NotExactError);
    await engine.close();
  });

  test('never answers from what was cached for another name', async () => {
    const engine = await open(kind, reply);
    const before = fake!.asked.length;
    await engine.candidateScores({ ...QUESTION, records: ['Asthma: wheezing'] }, [65], { salt: 'salt-one' });
    await engine.scoreLabels({ prompt: 'p', records: ['Asthma: wheezing'] }, ['a', 'b'], {
      salt: 'salt-two',
    });
    const bodies = fake!.asked.slice(before).map(({ body }) => body);
    const field = { 'llama-server': 'cache_prompt', vllm: 'cache_salt', sglang: 'extra_key' }[kind as 'vllm'];
    const named = bodies.filter((body) => field in body).map((body) => body[field]);
    expect(named).toEqual(kind === 'llama-server' ? [false, false] : ['salt-one', 'salt-two']);
    // A question of the public model, too, is nobody else's to find in the cache.
    for (let time = 0; time < 2; time += 1) await engine.generate('What is asthma?', 2);
    const own = fake!.asked.slice(-2).map(({ body }) => body[field]);
    expect(new Set(own).size).toBe(kind === 'llama-server' ? 1 : 2);
    expect(own).not.toContain(undefined);
    await engine.close();
  });

  test('without a known end token gives no short answers', async () => {
    if (kind === 'llama-server') return;
    const engine = await open(kind, reply, {}, { endToken: undefined } as Partial<ServerConfig>);
    expect(engine.capabilities.exactScores).toBe(false);
    await engine.close();
  });

  test.each<[string, Faults, RegExp]>([
    ['no JSON', { says: '<html>' }, /did not answer .* in JSON/],
    ['another form', { says: '{"a":1}' }, /in another form/],
    ['an error that quotes the prompt', { says: '"asthma"', status: 500 }, /with status 500/],
    ['no key', { status: 401 }, /engine.apiKeyFile/],
  ])('that answers with %s is an error that quotes nothing', async (_, faults, says) => {
    const engine = await open(kind, reply);
    Object.assign(fake!.faults, faults);
    const failed = await engine.candidateScores(QUESTION, [65]).catch((error: Error) => error.message);
    expect(failed).toMatch(says);
    expect(failed).not.toMatch(/asthma/i);
    await engine.close();
  });

  test('that is slow is given up when the call is', async () => {
    const engine = await open(kind, reply);
    fake!.faults.delayMs = 5_000;
    const over = new AbortController();
    const asked = engine.candidateScores(QUESTION, [65], { signal: over.signal });
    over.abort();
    await expect(asked).rejects.toThrow(/in time/);
    await engine.close();
  });
});

test('llama-server with several slots shares its batches: no short answers, whatever a test would find', async () => {
  const engine = await open('llama-server', fakeLlamaServer(4));
  expect(engine.capabilities).toMatchObject({ exactScores: true, batchInvariant: false });
  await engine.close();
});

test('an OpenAI-compatible server votes, with scores or by its text, and gives no short answers', async () => {
  for (const scores of [true, false]) {
    const engine = await open('openai-compatible', fakeOpenai(scores));
    expect(engine.capabilities).toMatchObject({ exactScores: false, batchInvariant: false });
    const said = await engine.scoreLabels({ prompt: 'p' }, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect(said.scores.filter(Number.isFinite).length).toBe(scores ? 8 : 1);
    await engine.close();
    await fake!.close();
  }
});

test('a key goes with every request, and a file of finds that cannot be read is no find', async () => {
  const apiKeyFile = join(folder, 'key');
  writeFileSync(apiKeyFile, 'secret-key\n');
  writeFileSync(checks(), 'not json');
  const engine = await open('vllm', fakeVllm, {}, { apiKeyFile });
  expect(new Set(fake!.asked.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer secret-key']),
  );
  expect(Object.values(JSON.parse(readFileSync(checks(), 'utf8')))).toMatchObject([{ batchInvariant: true }]);
  await engine.close();
});

test('a server that is not there is an error that says what to do', async () => {
  const gone = await startFakeServer(fakeVllm);
  await gone.close();
  const config = { kind: 'vllm', url: gone.url, model: 'fake', shardMs: 250 } as const;
  await expect(openServer(config, checks(), quiet)).rejects.toThrow(/cannot be reached .*engine\.url/);
});
