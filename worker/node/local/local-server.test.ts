import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import type { ShardTask } from '../lanes/task.ts';
import { rowLength } from '../lanes/task.ts';
import { letterEngine } from '../testing/letters.ts';
import { localSchema } from './local-config.ts';
import { createLocalKey, revokeLocalKey } from './local-keys.ts';
import { createLocalServer, localKeysFile } from './local-server.ts';

const CONSOLE = 'http://localhost:3000';
const DAY_MS = 24 * 3_600_000;
let dataDir: string;
let app: FastifyInstance;
let secret: string;
let keyId: string;
let asked: ShardTask[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-local-'));
  asked = [];
  const made = await createLocalKey(localKeysFile(dataDir), {
    name: 'Dr Example',
    expiresAt: new Date(Date.now() + DAY_MS),
  });
  secret = made.secret;
  keyId = made.key.id;
  app = start();
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true });
});

function start(more: object = {}): FastifyInstance {
  const log = createLogger('test');
  log.level = 'silent';
  return createLocalServer({
    config: { name: 'Harbour', dataDir, purposes: ['care', 'teaching'] },
    local: localSchema.parse({ port: 4400, origins: [CONSOLE], ...more }),
    modelId: 'demo-medllama',
    shards: {
      sum: async (task) => {
        asked.push(task);
        return task.kind === 'vote' ? Uint32Array.of(2, 9) : new Uint32Array(rowLength(task));
      },
    },
    engine: async () => letterEngine,
    shardCount: 16,
    log,
  });
}

const schema = { type: 'string', enum: ['Migraine', 'Pneumonia'] };
const question = (more: object = {}) => ({
  model: 'demo-medllama:local',
  messages: [{ role: 'user', content: 'zebra cough' }],
  response_format: { type: 'json_schema', json_schema: { name: 'd', schema } },
  ...more,
});
const ask = (body: object, headers: Record<string, string> = {}, key: string | null = secret) =>
  app.inject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
    payload: body,
  });
const journal = () =>
  readFileSync(join(dataDir, 'local-log.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a local answer', () => {
  test('is the exact vote, says that it is not private and costs nothing, and is in the log without its prompt', async () => {
    const reply = await ask(question({ privacy: { route: 'local', purpose: 'teaching' } }));
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      choices: [{ message: { content: '"Pneumonia"' }, finish_reason: 'stop' }],
      privacy: {
        route: 'local',
        private: false,
        rho: '0',
        hospital: 'Harbour',
        votes: { Migraine: 2, Pneumonia: 9 },
      },
    });
    expect(asked).toEqual([
      {
        kind: 'vote',
        requestId: expect.any(String),
        prompt: 'zebra cough',
        labels: ['Migraine', 'Pneumonia'],
      },
    ]);
    expect(journal()).toMatchObject([
      { seq: 1, keyId, name: 'Dr Example', purpose: 'teaching', kind: 'vote', prevHash: '' },
    ]);
    for (const name of readdirSync(dataDir))
      expect(readFileSync(join(dataDir, name), 'utf8')).not.toMatch(new RegExp(`zebra|${secret}`));
  });

  test('is free text where no labels are given', async () => {
    const reply = await ask(question({ response_format: undefined, max_tokens: 3 }));
    expect(reply.statusCode).toBe(200);
    expect(reply.json().usage.completion_tokens).toBeLessThanOrEqual(3);
    expect(asked[0]).toMatchObject({ kind: 'token', bound: 8_192 });
  });

  test('names the models', async () => {
    const headers = { authorization: `Bearer ${secret}` };
    expect((await app.inject({ url: '/v1/models', headers })).json().data).toMatchObject([
      { id: 'demo-medllama' },
    ]);
    expect((await app.inject({ url: '/v1/models' })).statusCode).toBe(401);
  });
});

describe('who may ask', () => {
  test.each([
    ['no key', null],
    ['a key of the router', 'fdlr_0123456789abcdef'],
    ["a console's token", 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln'],
    ['a key nobody made', 'fdlr_local_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
  ])('not %s: no shard is asked and nothing is logged as asked', async (_, key) => {
    expect((await ask(question(), {}, key)).statusCode).toBe(401);
    expect(asked).toEqual([]);
    expect(readdirSync(dataDir)).not.toContain('local-log.ndjson');
  });

  test('not with a key that was revoked, or that ran out', async () => {
    expect((await ask(question())).statusCode).toBe(200);
    expect(await revokeLocalKey(localKeysFile(dataDir), keyId)).toBe(true);
    expect((await ask(question())).statusCode).toBe(401);
    const old = await createLocalKey(localKeysFile(dataDir), {
      name: 'x',
      expiresAt: new Date(Date.now() - 1),
    });
    expect((await ask(question(), {}, old.secret)).statusCode).toBe(401);
  });

  test('not too often, and not with too many wrong keys', async () => {
    await app.close();
    app = start({ requestsPerMinute: 2 });
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await ask(question())).statusCode);
    expect(statuses).toEqual([200, 200, 429]);
    const wrong = await Promise.all(Array.from({ length: 21 }, () => ask(question(), {}, 'x')));
    expect(wrong.at(-1)?.statusCode).toBe(429);
  });

  test.each([
    ['another purpose', { privacy: { purpose: 'marketing' } }],
    ['another route', { privacy: { route: 'federated' } }],
    ['an epsilon', { privacy: { epsilon: 1 } }],
    ['another model', { model: 'gpt' }],
    ['a stream', { stream: true }],
    ['a field nobody knows', { tools: [] }],
  ])('%s is 400', async (_, more) => {
    expect((await ask(question(more))).statusCode).toBe(400);
    expect(asked).toEqual([]);
  });

  test('a body past its bound is 413', async () => {
    expect((await ask(question({ user: 'x'.repeat(300_000) }))).statusCode).toBe(413);
  });
});

describe('web pages', () => {
  const preflight = (origin: string) =>
    app.inject({
      method: 'OPTIONS',
      url: '/v1/chat/completions',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-private-network': 'true',
      },
    });

  test('the console that is listed may ask, and is told so by its own name', async () => {
    const { statusCode, headers } = await preflight(CONSOLE);
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': CONSOLE,
      'access-control-allow-private-network': 'true',
      vary: 'Origin',
    });
    expect((await ask(question(), { origin: CONSOLE })).headers['access-control-allow-origin']).toBe(CONSOLE);
  });

  test.each(['null', 'http://localhost:3001', 'https://localhost:3000', 'http://evil.example'])(
    '%s may not',
    async (origin) => {
      const refused = await preflight(origin);
      expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([403, undefined]);
      expect((await ask(question(), { origin })).statusCode).toBe(403);
      expect(asked).toEqual([]);
    },
  );

  test('a configuration that would show records on the network in clear is not valid', () => {
    expect(localSchema.safeParse({ port: 1, host: '0.0.0.0' }).success).toBe(false);
    expect(localSchema.safeParse({ port: 1, host: '0.0.0.0', certFile: 'a', keyFile: 'b' }).success).toBe(
      true,
    );
    expect(localSchema.safeParse({ port: 1, certFile: 'a' }).success).toBe(false);
  });
});

test('a log in which a line was changed stops the listener', async () => {
  await ask(question());
  await ask(question());
  const file = join(dataDir, 'local-log.ndjson');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Dr Example', 'Dr Nobody'));
  expect(() => start()).toThrow(/changed after 1 lines/);
});
