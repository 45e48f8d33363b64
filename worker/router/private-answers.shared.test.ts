import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '#lib/audit-log/checkpoint';
import { rootFromPath } from '#lib/audit-log/merkle';
import { formatRho } from '#lib/privacy/pico-rho';
import { balances, spentBetween } from '../testing/balances.ts';
import { federation } from '../testing/one-federation.ts';
import { VOTE_RHO_PICO } from '../testing/prices.ts';
import { enumFormat, HEART_LABELS, HEART_PROMPT, post, vote } from '../testing/questions.ts';

const RHO_AT_DEFAULT = VOTE_RHO_PICO;
type Statement = {
  requestId: string;
  rho: string;
  nodes: number;
  shards: number;
  remaining: { user: string; department: string } | null;
  receipt: { leafHash: string; proofUrl: string };
} & Record<string, unknown>;
const statementOf = (answer: unknown) => (answer as { privacy: Statement }).privacy;

describe('the openai SDK', () => {
  test('gets a private vote with its statement, and every account is debited the same full rho', async () => {
    const before = await balances(federation.database.pool);
    const answer = await federation.openai.chat.completions.create(vote());
    const label = JSON.parse(answer.choices[0]!.message.content!);
    expect(HEART_LABELS).toContain(label);
    expect(answer.choices[0]!.finish_reason).toBe('stop');
    const privacy = statementOf(answer);
    expect(privacy).toMatchObject({
      route: 'federated',
      mechanism: 'vote',
      mode: 'gaussian',
      masking: 'all-or-nothing',
      maxCollude: 1,
      nodes: 3,
      shards: 192,
    });
    expect(privacy).toMatchObject({ epsilon: 0.1, delta: '0.00001', rho: formatRho(RHO_AT_DEFAULT) });

    const after = await balances(federation.database.pool);
    const spent = spentBetween(before, after);
    expect(Object.keys(spent).filter((key) => key.startsWith('dataset/'))).toHaveLength(3);
    expect(Object.keys(spent)).toEqual(
      expect.arrayContaining(['user/Demo clinician', 'department/Emergency', 'organisation/Harbour Health']),
    );
    expect(new Set(Object.values(spent))).toEqual(new Set([RHO_AT_DEFAULT]));
    const user = after['user/Demo clinician']!;
    expect(privacy.remaining?.user).toBe(formatRho(user.cap - user.spent - user.reserved));
  });

  test('gets the same vote as server-sent events, the statement in the last chunk', async () => {
    const stream = await federation.openai.chat.completions.create({ ...vote(), stream: true });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(HEART_LABELS).toContain(JSON.parse(text));
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('stop');
    expect(statementOf(chunks.at(-1))).toMatchObject({ route: 'federated', rho: formatRho(RHO_AT_DEFAULT) });
    expect(chunks.slice(0, -1).every((chunk) => statementOf(chunk) === undefined)).toBe(true);
  });

  test('gets the usage chunk it asked for', async () => {
    const stream = await federation.openai.chat.completions.create({
      ...vote(),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 1 } });
    expect(statementOf(chunks.at(-1))).toBeDefined();
  });

  test('gets an object when the schema is an object with one enum property', async () => {
    const schema = {
      type: 'object',
      properties: { diagnosis: { type: 'string', enum: HEART_LABELS } },
      required: ['diagnosis'],
      additionalProperties: false,
    };
    const answer = await federation.openai.chat.completions.create(
      vote({ response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } } }),
    );
    expect(HEART_LABELS).toContain(JSON.parse(answer.choices[0]!.message.content!).diagnosis);
  });

  test('gets the label that the records speak for, at an epsilon that makes a wrong draw absurdly unlikely', async () => {
    const answer = await federation.openai.chat.completions.create(vote({ privacy: { epsilon: 1 } }));
    expect(JSON.parse(answer.choices[0]!.message.content!)).toBe('Acute myocardial infarction');
  });

  test('gets public answers that cost nothing and ask no shard', async () => {
    const before = await balances(federation.database.pool);
    const free = await federation.openai.chat.completions.create({
      model: 'demo-medllama:public',
      messages: [{ role: 'user', content: 'What are the symptoms of asthma?' }],
    });
    expect(free.choices[0]!.message.content!.length).toBeGreaterThan(10);
    expect(free.usage!.completion_tokens).toBeGreaterThan(1);
    expect(statementOf(free)).toMatchObject({
      route: 'public',
      rho: '0',
      nodes: 0,
      shards: 0,
      remaining: null,
    });
    const labels = ['treatment', 'symptoms'];
    const voted = await federation.openai.chat.completions.create(
      vote({ model: 'demo-medllama:public', response_format: enumFormat(labels) }),
    );
    expect(labels).toContain(JSON.parse(voted.choices[0]!.message.content!));
    const legacy = await federation.openai.completions.create({
      model: 'demo-medllama:public',
      prompt: 'Asthma is',
      max_tokens: 8,
    });
    expect(legacy.choices[0]!.text.length).toBeGreaterThan(0);
    expect(spentBetween(before, await balances(federation.database.pool))).toEqual({});
  });

  test('lists the models', async () => {
    const models = await federation.openai.models.list();
    expect(models.data.map((model) => model.id)).toEqual(['demo-medllama', 'demo-medllama:public']);
  });
});

describe('the quote', () => {
  test('says what a request would cost and be worth, and charges nothing', async () => {
    const before = await balances(federation.database.pool);
    const { status, body } = await post(federation, '/privacy/quote', vote({ messages: undefined }));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      route: 'federated',
      nodes: 3,
      shards: 192,
      labels: 4,
      useful: true,
      affordable: true,
    });
    expect(body.rho).toBe(formatRho(RHO_AT_DEFAULT));
    expect(body.usefulness).toMatchObject({ required: 0.8, plurality: 0.7 });
    const accounts = body.accounts as Record<string, unknown>[];
    expect(accounts.map((account) => account.kind).sort()).toEqual([
      'dataset',
      'dataset',
      'dataset',
      'department',
      'organisation',
      'user',
    ]);
    for (const { kind, name, sufficient, ...figures } of accounts) {
      expect(sufficient).toBe(true);
      // A clinician may not read how a dataset stands: another hospital's use could be metered by it.
      const isWithheld = Object.values(figures).every((figure) => figure === null);
      expect([name, isWithheld]).toEqual([name, kind === 'dataset']);
    }
    expect(spentBetween(before, await balances(federation.database.pool))).toEqual({});
  });

  test('says what would suffice when an epsilon is too small, and the request itself is refused uncharged', async () => {
    const before = await balances(federation.database.pool);
    const asked = vote({ privacy: { epsilon: 0.05 } });
    const quoted = await post(federation, '/privacy/quote', asked);
    expect(quoted.body).toMatchObject({ useful: false, shards: 256, nodes: 4 });
    const refused = await post(federation, '/chat/completions', asked);
    expect(refused.status).toBe(422);
    expect(refused.headers.get('x-should-retry')).toBe('false');
    const suffices = refused.body.error!.suffices as { epsilon: number; shards: number };
    expect(refused.body.error).toMatchObject({ code: 'epsilon_not_useful', charged: false });
    expect(spentBetween(before, await balances(federation.database.pool))).toEqual({});
    const enough = await post(federation, '/privacy/quote', vote({ privacy: { epsilon: suffices.epsilon } }));
    expect(enough.body.useful).toBe(true);
  });
});

describe('the audit log', () => {
  test("proves the answer's leaf, up to a checkpoint that the log has signed", async () => {
    const answer = await federation.openai.chat.completions.create(vote());
    const { leafHash, proofUrl } = statementOf(answer).receipt;
    await expect.poll(async () => (await fetch(proofUrl)).status).toBe(200);
    const proof = (await (await fetch(proofUrl)).json()) as {
      leafIndex: string;
      treeSize: string;
      rootHash: string;
      path: string[];
      checkpoint: string;
    };
    const root = rootFromPath(
      Buffer.from(leafHash, 'hex'),
      BigInt(proof.leafIndex),
      BigInt(proof.treeSize),
      proof.path.map((hash) => Buffer.from(hash, 'hex')),
    );
    expect(root?.toString('hex')).toBe(proof.rootHash);
    const key = (await (await fetch(`${federation.apiBaseUrl}/audit/key`)).text()).trim();
    const opened = openCheckpoint(proof.checkpoint, key);
    expect(opened.size).toBe(BigInt(proof.treeSize));
    expect(opened.root.toString('hex')).toBe(proof.rootHash);
  });

  test('every node of the cohort has signed for the round before the answer left', async () => {
    const answer = await federation.openai.chat.completions.create(vote());
    const { requestId } = statementOf(answer);
    const receipts = await federation.database.prisma.nodeReceipt.findMany({ where: { requestId } });
    expect(receipts).toHaveLength(3);
    for (const receipt of receipts) expect(receipt.rhoPico).toBe(RHO_AT_DEFAULT);
  });
});

test('200 requests at once against a cap that admits 50 get exactly 50 answers', async () => {
  const { pool } = federation.database;
  const before = await balances(pool);
  const user = before['user/Demo clinician']!;
  const setCap = (rhoPico: bigint) =>
    pool.query(`UPDATE account SET cap_rho_pico = $1 WHERE kind = 'user' AND name = 'Demo clinician'`, [
      rhoPico,
    ]);
  await setCap(user.spent + user.reserved + 50n * RHO_AT_DEFAULT);
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () => post(federation, '/chat/completions', vote())),
  );
  const answered = outcomes.filter((outcome) => outcome.status === 200);
  const refused = outcomes.filter((outcome) => outcome.status === 429);
  expect([answered.length, refused.length]).toEqual([50, 150]);
  expect(new Set(refused.map((outcome) => outcome.body.error!.code))).toEqual(
    new Set(['privacy_budget_exhausted']),
  );
  expect(new Set(refused.map((outcome) => outcome.body.error!.type))).toEqual(
    new Set(['insufficient_quota']),
  );
  expect(refused.every((outcome) => outcome.headers.get('x-should-retry') === 'false')).toBe(true);
  const after = await balances(pool);
  const spent = spentBetween(before, after);
  expect(spent['user/Demo clinician']).toBe(50n * RHO_AT_DEFAULT);
  expect(after['user/Demo clinician']!.reserved).toBe(0n);
  // Three datasets for each of the 50, whichever they were.
  const datasets = Object.entries(spent).filter(([key]) => key.startsWith('dataset/'));
  expect(datasets.reduce((sum, [, change]) => sum + change, 0n)).toBe(150n * RHO_AT_DEFAULT);
  expect(
    await federation.database.prisma.request.count({ where: { state: 'refused' } }),
  ).toBeGreaterThanOrEqual(150);
  await setCap(user.cap);
});

test("no prompt is stored anywhere in clear: not in a table, a log, or a node's folder", async () => {
  const { pool } = federation.database;
  const tables = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const word = HEART_PROMPT.split(':')[0]!;
  for (const { name } of tables.rows) {
    const hits = await pool.query(
      `SELECT 1 FROM "${name}" AS t WHERE t::text LIKE $1 OR t::text LIKE $2 LIMIT 1`,
      [`%${word}%`, `%${Buffer.from(word).toString('hex')}%`],
    );
    expect(hits.rowCount, name).toBe(0);
  }
  const files = readdirSync(federation.dataDir, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    expect(readFileSync(path, 'latin1').includes(word), path).toBe(false);
  }
});
