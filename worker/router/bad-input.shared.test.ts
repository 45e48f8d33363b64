import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { loadOrCreateEd25519, rawPublicKey } from '#lib/crypto/key-files';
import { CHANNEL_PATH } from '#lib/nodes/channel-path';
import { decodeFrame, encodeFrame } from '#lib/nodes/frame';
import { signHello } from '#lib/nodes/identity-proof';
import { type Message, parseMessage } from '#lib/nodes/messages';
import { channelSecret, MAX_SEALED_BYTES, SealedLine } from '#lib/nodes/sealed-line';
import { readTls } from '../node/channel/tls-files.ts';
import { readConfig } from '../node/config.ts';
import { announced, EMBEDDED } from '../node/engine/engine.ts';
import { type Balances, balances, spentBetween } from '../testing/balances.ts';
import { federation } from '../testing/one-federation.ts';
import { enumFormat, post, vote } from '../testing/questions.ts';

let before: Balances;
beforeEach(async () => {
  before = await balances(federation.database.pool);
});

const schemaFormat = (schema: Record<string, unknown>) => ({
  type: 'json_schema' as const,
  json_schema: { name: 'a', schema },
});
const labels = (count: number) => Array.from({ length: count }, (_, i) => `Label ${i}`);
/** Not what the SDK's types allow: that is the point. */
const message = (content: unknown) => [{ role: 'user', content }] as never;

type Case = [what: string, body: unknown, status: number, code: string, param?: string];

const CASES: Case[] = [
  ['malformed JSON', '{"model": ', 400, 'invalid_json'],
  ['an empty body', '', 400, 'invalid_json'],
  ['an array', '[]', 400, 'invalid_request'],
  ['no model', vote({ model: undefined }), 400, 'invalid_model', 'model'],
  ['an unknown model', vote({ model: 'gpt-9' }), 404, 'model_not_found', 'model'],
  ['an unknown suffix', vote({ model: 'demo-medllama:free' }), 404, 'model_not_found', 'model'],
  ['no messages', vote({ messages: [] }), 400, 'invalid_messages', 'messages'],
  ['an empty message', vote({ messages: message('   ') }), 400, 'invalid_messages', 'messages'],
  [
    'an image',
    vote({ messages: message([{ type: 'image_url', image_url: { url: 'x' } }]) }),
    400,
    'invalid_request',
  ],
  ['an unknown field', vote({ epsilon: 0.1 }), 400, 'unknown_field', 'epsilon'],
  ['an unknown privacy field', vote({ privacy: { eps: 0.1 } }), 400, 'unknown_field', 'privacy.eps'],
  ['an enum of one label', vote({ response_format: enumFormat(['Only']) }), 400, 'invalid_labels'],
  ['an enum of 65 labels', vote({ response_format: enumFormat(labels(65)) }), 400, 'invalid_labels'],
  [
    'duplicate labels',
    vote({ response_format: enumFormat(['Asthma', 'Migraine', 'ASTHMA']) }),
    400,
    'invalid_labels',
  ],
  ['a blank label', vote({ response_format: enumFormat(['Asthma', ' ']) }), 400, 'invalid_labels'],
  [
    'a label that is a number',
    vote({ response_format: schemaFormat({ enum: ['a', 1] }) }),
    400,
    'invalid_labels',
  ],
  [
    'a schema that is no enum',
    vote({ response_format: schemaFormat({ type: 'string' }) }),
    400,
    'unsupported_schema',
  ],
  [
    'an object with two properties',
    vote({
      response_format: schemaFormat({
        type: 'object',
        properties: { a: { enum: ['x', 'y'] }, b: {} },
        required: ['a', 'b'],
      }),
    }),
    400,
    'unsupported_schema',
  ],
  [
    'an optional property',
    vote({
      response_format: schemaFormat({
        type: 'object',
        properties: { a: { enum: ['x', 'y'] } },
        required: [],
      }),
    }),
    400,
    'unsupported_schema',
  ],
  ['epsilon 0', vote({ privacy: { epsilon: 0 } }), 400, 'invalid_epsilon', 'privacy.epsilon'],
  ['a negative epsilon', vote({ privacy: { epsilon: -1 } }), 400, 'invalid_epsilon', 'privacy.epsilon'],
  ['epsilon as text', vote({ privacy: { epsilon: 'NaN' } }), 400, 'invalid_epsilon', 'privacy.epsilon'],
  [
    'epsilon null, as NaN becomes in JSON',
    vote({ privacy: { epsilon: Number.NaN } }),
    400,
    'invalid_epsilon',
    'privacy.epsilon',
  ],
  [
    'an infinite epsilon',
    '{"model":"demo-medllama","messages":[{"role":"user","content":"a"}],"privacy":{"epsilon":1e999}}',
    400,
    'invalid_epsilon',
    'privacy.epsilon',
  ],
  [
    'an epsilon above policy',
    vote({ privacy: { epsilon: 1.5 } }),
    400,
    'epsilon_above_policy',
    'privacy.epsilon',
  ],
  [
    'an epsilon that buys nothing',
    vote({ privacy: { epsilon: 1e-9 } }),
    422,
    'epsilon_not_useful',
    'privacy.epsilon',
  ],
  [
    'an epsilon too small for the shards on hand',
    vote({ privacy: { epsilon: 0.01 } }),
    422,
    'epsilon_not_useful',
    'privacy.epsilon',
  ],
  [
    'a prompt of 40,000 characters',
    vote({ messages: message('a'.repeat(40_000)) }),
    400,
    'prompt_too_long',
    'messages',
  ],
  ['a prompt of 1 MB', vote({ messages: message('a'.repeat(1_000_000)) }), 413, 'request_too_large'],
  ['n = 2', vote({ n: 2 }), 400, 'unsupported_parameter', 'n'],
  ['logprobs', vote({ logprobs: true }), 400, 'unsupported_parameter', 'logprobs'],
  ['tools', vote({ tools: [{ type: 'function' }] as never }), 400, 'unsupported_parameter', 'tools'],
  ['a seed', vote({ seed: 7 }), 400, 'unsupported_parameter', 'seed'],
  ['a temperature', vote({ temperature: 0.2 }), 400, 'unsupported_parameter', 'temperature'],
  [
    'a suffix against the route',
    vote({ model: 'demo-medllama:public', privacy: { route: 'federated' } }),
    400,
    'contradictory_request',
    'privacy.route',
  ],
  [
    'an epsilon on the public route',
    vote({ model: 'demo-medllama:public', privacy: { epsilon: 0.1 } }),
    400,
    'contradictory_request',
    'privacy.epsilon',
  ],
  [
    'short-answer with labels',
    vote({ privacy: { mechanism: 'short-answer' } }),
    400,
    'contradictory_request',
    'privacy.mechanism',
  ],
  [
    'vote without labels',
    vote({ response_format: undefined, privacy: { mechanism: 'vote' } }),
    400,
    'contradictory_request',
    'privacy.mechanism',
  ],
  [
    'maxTokens on a vote',
    vote({ privacy: { maxTokens: 5 } }),
    400,
    'contradictory_request',
    'privacy.maxTokens',
  ],
  [
    'stream_options without stream',
    vote({ stream_options: { include_usage: true } }),
    400,
    'contradictory_request',
    'stream_options',
  ],
  [
    'a short answer of fewer than 16 tokens',
    vote({ response_format: undefined, privacy: { epsilon: 0.05 } }),
    422,
    'epsilon_not_useful',
    'privacy.epsilon',
  ],
  [
    'a short answer of 161 tokens',
    vote({ response_format: undefined, privacy: { maxTokens: 161 } }),
    400,
    'invalid_request',
    'privacy.maxTokens',
  ],
  [
    'two lengths that differ',
    vote({ response_format: undefined, max_tokens: 20, privacy: { maxTokens: 30 } }),
    400,
    'contradictory_request',
    'privacy.maxTokens',
  ],
  [
    'a short answer in gaussian mode',
    vote({ response_format: undefined, privacy: { mode: 'gaussian' } }),
    400,
    'mode_unavailable',
    'privacy.mode',
  ],
  [
    'consensus without labels',
    vote({ response_format: undefined, privacy: { requireConsensus: true } }),
    400,
    'contradictory_request',
    'privacy.requireConsensus',
  ],
  [
    'a consensus test that is none',
    vote({ privacy: { requireConsensus: 'majority' } }),
    400,
    'invalid_request',
    'privacy.requireConsensus',
  ],
  [
    'a vote that is a consensus',
    vote({ privacy: { mechanism: 'vote', requireConsensus: true } }),
    400,
    'contradictory_request',
    'privacy.requireConsensus',
  ],
  [
    'a purpose that is no code',
    vote({ privacy: { purpose: '\u0000' } }),
    400,
    'invalid_request',
    'privacy.purpose',
  ],
  [
    'an unknown purpose on the public route',
    vote({ model: 'demo-medllama:public', privacy: { purpose: 'curiosity' } }),
    400,
    'unknown_purpose',
    'privacy.purpose',
  ],
  [
    'an annotation as deep as a well',
    `{"model":"demo-medllama","messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"enum":["x","y"],"description":${'['.repeat(60_000)}${']'.repeat(60_000)}}}}}`,
    400,
    'unsupported_schema',
  ],
  [
    'the local route, which never crosses the router',
    vote({ model: 'demo-medllama:local' }),
    400,
    'route_unavailable',
    'model',
  ],
];

test.each(CASES)('%s', async (_what, body, status, code, param) => {
  const refused = await post(federation, '/chat/completions', body);
  expect([refused.status, refused.body.error?.code]).toEqual([status, code]);
  if (param !== undefined) expect(refused.body.error?.param).toBe(param);
  expect(refused.body.error?.message.length).toBeGreaterThan(10);
  expect(refused.headers.get('x-request-id')).toBeTruthy();
  expect(spentBetween(before, await balances(federation.database.pool))).toEqual({});
});

describe('keys', () => {
  const withKey = (authorization: string) => post(federation, '/chat/completions', vote(), { authorization });

  test.each([
    ['none', ''],
    ['not a bearer', 'Basic abc'],
    ['unknown', 'Bearer fdlr_unknown'],
    ['a token that is not ours', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])('%s', async (_what, authorization) => {
    expect((await withKey(authorization)).status).toBe(401);
  });

  test('revoked, expired, or of a disabled user', async () => {
    const { pool } = federation.database;
    const good = `Bearer ${federation.seeded.apiKey}`;
    const expire = `UPDATE api_key SET expires_at = now() - interval '1 s'`;
    const extend = 'UPDATE api_key SET expires_at = NULL';
    for (const [set, unset, status, code] of [
      [
        'UPDATE api_key SET revoked_at = now()',
        'UPDATE api_key SET revoked_at = NULL',
        401,
        'invalid_api_key',
      ],
      [
        'UPDATE "user" SET disabled_at = now()',
        'UPDATE "user" SET disabled_at = NULL',
        401,
        'invalid_api_key',
      ],
      [expire, extend, 410, 'expired_api_key'],
      // That it expired too is not said of a key that was revoked.
      [
        `${expire}, revoked_at = now()`,
        'UPDATE api_key SET expires_at = NULL, revoked_at = NULL',
        401,
        'invalid_api_key',
      ],
    ] as const) {
      await pool.query(set);
      const refused = await withKey(good);
      await pool.query(unset);
      expect([refused.status, refused.body.error?.code]).toEqual([status, code]);
    }
    expect((await withKey(good)).status).toBe(200);
  });

  test('leave a note of their use, once an hour', async () => {
    const { pool } = federation.database;
    const lastUse = async () =>
      (
        await pool.query<{ at: Date | null }>('SELECT last_used_at AS at FROM api_key')
      ).rows[0]?.at?.getTime();
    const good = `Bearer ${federation.seeded.apiKey}`;
    const longAgo = new Date('2026-01-01T00:00:00Z');
    await pool.query('UPDATE api_key SET last_used_at = $1', [longAgo]);
    expect((await withKey(good)).status).toBe(200);
    await expect.poll(lastUse).toBeGreaterThan(longAgo.getTime());
    const first = await lastUse();
    expect((await withKey(good)).status).toBe(200);
    expect(await lastUse()).toBe(first);
  });

  test('of a person who may not ask', async () => {
    const { pool } = federation.database;
    await pool.query(`UPDATE "user" SET role = 'dpo' WHERE email = 'clinician@harbour.example'`);
    const refused = await post(federation, '/chat/completions', vote());
    await pool.query(`UPDATE "user" SET role = 'clinician' WHERE email = 'clinician@harbour.example'`);
    expect(refused.status).toBe(403);
  });
});

test('other paths, methods and media types get the same form of error', async () => {
  const missing = await post(federation, '/nothing/here', {});
  expect([missing.status, missing.body.error?.code]).toEqual([404, 'not_found']);
  const text = await post(federation, '/chat/completions', 'hello', { 'content-type': 'text/plain' });
  expect([text.status, text.body.error?.code]).toEqual([415, 'unsupported_media_type']);
  const key = await post(federation, '/chat/completions', vote(), { 'idempotency-key': 'x'.repeat(300) });
  expect([key.status, key.body.error?.code]).toEqual([400, 'invalid_idempotency_key']);
});

test('prototype-polluting JSON is refused like any unknown field', async () => {
  const body = JSON.stringify(vote()).replace(/^\{/, '{"__proto__":{"admin":true},');
  const refused = await post(federation, '/chat/completions', body);
  expect(refused.status).toBe(400);
});

describe('the node channel', () => {
  const url = () => `wss://127.0.0.1:${federation.channelPort}${CHANNEL_PATH}`;
  const stranger = generateKeyPairSync('ed25519').privateKey;
  type Node = (typeof federation.seeded.nodes)[number];
  type Asked = { challenge: Message<'challenge'>; binding: Buffer; node: Node };
  const tlsOf = ({ configFile }: Node) => {
    const { ca, cert, key } = readTls(readConfig(configFile));
    return { ca, cert, key };
  };
  const identityOf = ({ dataDir }: Node) => loadOrCreateEd25519(join(dataDir, 'identity.pem'));

  /** Dials with a node's certificate, answers the challenge as told, and says how the router ended it. */
  function dial(
    node: Node,
    answer: (asked: Asked, line: SealedLine) => Buffer | string,
  ): Promise<{ code: number; refused: string | null }> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url(), tlsOf(node));
      let refused: string | null = null;
      let line: SealedLine;
      let binding: Buffer;
      socket.on('upgrade', (response) => {
        const secret = channelSecret(response.socket as TLSSocket);
        line = new SealedLine(secret.key, 'node');
        binding = secret.binding;
      });
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const frame = decodeFrame(line.open(data));
        if (frame.type === 'challenge') {
          const challenge = parseMessage(frame, 'challenge');
          socket.send(answer({ challenge, binding, node }, line));
        }
        if (frame.type === 'refused') refused = parseMessage(frame, 'refused').code;
      });
      socket.on('close', (code) => resolve({ code, refused }));
    });
  }

  function hello(
    { challenge, binding, node }: Asked,
    change: Partial<Message<'hello'>> = {},
    identity = identityOf(node),
  ): Buffer {
    const nodeId = change.nodeId ?? node.id;
    const identityKey = rawPublicKey(identity).toString('hex');
    const signature = signHello({ ...challenge, binding, nodeId, identityKey }, identity);
    return encodeFrame('hello', {
      nodeId,
      identityKey,
      shards: 64,
      lanes: 2,
      ledgerEpoch: 0,
      lastSeq: 1_000_000,
      leftRhoPico: '0',
      conditions: { minCohort: 3, minCollude: 1, minSigmaLocal: 2 },
      clockMs: Date.now(),
      build: 'test',
      tlsGroup: null,
      engine: announced(EMBEDDED),
      signature,
      ...change,
    });
  }

  test('does not open without a certificate, or on another path', async () => {
    const node = federation.seeded.nodes[0]!;
    const { ca, ...own } = tlsOf(node);
    await expect(open(url(), { ca })).rejects.toThrow(/401/);
    await expect(open(url().replace('channel', 'other'), { ca, ...own })).rejects.toThrow(/401/);
    await expect(open(url(), own)).rejects.toThrow(/certificate/);
  });
  const open = (to: string, tls: object) =>
    new Promise((resolve, reject) => {
      new WebSocket(to, tls).once('open', resolve).once('error', reject);
    });

  test.each<[string, number, string | null, (asked: Asked, line: SealedLine) => Buffer | string]>([
    ['text', 1002, null, () => 'hello'],
    ['a frame without its seal', 1002, null, (asked) => hello(asked)],
    ['a frame that is not ours', 1002, null, (_, line) => line.seal(Buffer.alloc(64, 1))],
    ['a truncated frame', 1002, null, (asked, line) => line.seal(hello(asked)).subarray(0, 40)],
    ['a frame that is too long', 1009, null, () => Buffer.alloc(MAX_SEALED_BYTES + 1)],
    [
      'another frame than hello',
      1002,
      null,
      (_, line) => line.seal(encodeFrame('probeReply', { probeId: randomUUID(), queued: 0 })),
    ],
    [
      'a hello with an unknown field, as of another version',
      1008,
      'other_version',
      (asked, line) => line.seal(hello(asked, { more: 1 } as never)),
    ],
    [
      'another identity than the one pinned',
      1008,
      'identity_changed',
      (asked, line) => line.seal(hello(asked, {}, stranger)),
    ],
    [
      'a signature made for another connection',
      1008,
      'bad_proof',
      (asked, line) => line.seal(hello({ ...asked, binding: Buffer.alloc(32) })),
    ],
    [
      "another node's id than its certificate's",
      1008,
      'bad_certificate',
      (asked, line) => line.seal(hello(asked, { nodeId: federation.seeded.nodes[1]!.id })),
    ],
  ])('ends at %s', async (_what, code, refused, answer) => {
    expect(await dial(federation.seeded.nodes[0]!, answer)).toEqual({ code, refused });
  });

  test.each([
    ['a clock that differs', 'clock_skew', { clockMs: Date.now() - 60_000 }],
    ['a ledger epoch ahead of ours', 'ledger_behind', { ledgerEpoch: 9 }],
    ['a spend log that ends before what it signed', 'spend_log_behind', { lastSeq: 0 }],
  ])('ends at %s, before a round could fail and be charged', async (_what, refused, change) => {
    await post(federation, '/chat/completions', vote({ privacy: { epsilon: 0.5 } }));
    const nodes = await federation.database.pool.query('SELECT node_id FROM node_receipt LIMIT 1');
    const node = federation.seeded.nodes.find(({ id }) => id === nodes.rows[0].node_id)!;
    expect(await dial(node, (asked, line) => line.seal(hello(asked, change)))).toEqual({
      code: 1008,
      refused,
    });
    const attempts = await federation.database.pool.query(
      'SELECT code FROM node_enrolment_attempt WHERE node_id = $1',
      [node.id],
    );
    expect(attempts.rows.map(({ code }) => code)).toContain(refused);
    const leaves = await federation.database.pool.query<{ entry: Buffer }>(
      "SELECT entry FROM audit_leaf WHERE type = 'node.refused' AND subject_id = $1",
      [node.id],
    );
    const logged = leaves.rows.map(({ entry }) => JSON.parse(entry.toString('utf8')));
    expect(logged).toContainEqual(expect.objectContaining({ where: 'door', code: refused, count: 1 }));
  });

  test('a stranger cannot bring the router down', async () => {
    const say = (text: string, reset = false) =>
      new Promise<void>((resolve) => {
        const to = { port: federation.channelPort, host: '127.0.0.1', rejectUnauthorized: false };
        const socket = connect(to, () => {
          socket.write(text);
          if (reset) socket.destroy();
        });
        socket.on('error', () => {}).on('close', () => resolve());
        setTimeout(() => socket.destroy(), 300);
      });
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
    await say(upgrade('//'));
    await say(upgrade('/x'), true);
    for (let i = 0; i < 20; i++) await say(upgrade('/v1/nodes/channel'), true);
    const node = federation.seeded.nodes[0]!;
    const long = await dial(node, (asked, line) =>
      line.seal(hello(asked, { ['\u00e9'.repeat(120)]: 1 } as never)),
    );
    expect(long.code).toBe(1008);
    expect((await fetch(`http://127.0.0.1:${federation.apiPort}/healthz`)).status).toBe(200);
  });

  test('still serves the true nodes afterwards', async () => {
    expect((await post(federation, '/chat/completions', vote())).status).toBe(200);
  });
});
