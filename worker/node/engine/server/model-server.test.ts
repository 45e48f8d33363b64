import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { ModelServer } from './model-server.ts';

let fake: FakeServer;
beforeAll(async () => {
  fake = await startFakeServer(({ path }) =>
    path === '/there' ? { ok: true, text: 'x'.repeat(2_000) } : undefined,
  );
});
afterAll(() => fake.close());
const ask = (path: string, more: { mostBytes?: number; timeoutMs?: number } = {}) => {
  const server = new ModelServer({ url: `${fake.url}/`, kind: 'test', ...more });
  return server.post(path, { a: 1 }, z.object({ ok: z.boolean() })).finally(() => server.close());
};

test('a reply is read as its schema says', async () => {
  expect(await ask('/there')).toEqual({ ok: true });
});

test('one that is larger than it may be is not read to its end', async () => {
  await expect(ask('/there', { mostBytes: 1_000 })).rejects.toThrow(/sent more than 1000 bytes/);
});

test('what is not there is said, and that the address may be another server', async () => {
  await expect(ask('/elsewhere')).rejects.toThrow(/has no \/elsewhere. Is it a test server/);
});

test('a server that does not answer is given up', async () => {
  fake.faults.delayMs = 2_000;
  await expect(ask('/there', { timeoutMs: 20 })).rejects.toThrow(/did not answer \/there in time/);
  fake.faults.delayMs = 0;
});
