import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { summaryText } from './summary.ts';

const run = promisify(execFile);
const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];

/** Stands where the router would, to see what the pasted text sends. */
const server = createServer(async (request, response) => {
  seen.push({ url: request.url, headers: request.headers, body: await json(request) });
  const message = { role: 'assistant', content: '"Pneumonia"' };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ choices: [{ message }], privacy: { rho: '0.000433' } }));
});
let text: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  text = summaryText({
    consoleUrl: 'http://localhost:3000',
    apiBaseUrl: `http://127.0.0.1:${address.port}/v1`,
    apiKey: 'fdlr_key',
    model: 'demo-medllama',
    logins: [
      { role: 'clinician', email: 'clinician@north.example', password: 'correct horse' },
      { role: 'clinician', email: 'second@north.example', password: 'battery' },
      { role: 'dpo', email: 'dpo@north.example', password: 'staple' },
      { role: 'dpo', email: 'dpo@south.example', password: 'other' },
      { role: 'dpo', email: 'dpo@west.example', password: 'unsaid' },
    ],
    loginsFile: '/data/federation.json',
  });
});
afterAll(() => server.close());

const expectedBody = {
  model: 'demo-medllama',
  messages: [{ role: 'user', content: expect.stringContaining('chest pain') }],
  response_format: {
    type: 'json_schema',
    json_schema: { strict: true, schema: { type: 'string', enum: expect.arrayContaining(['Pneumonia']) } },
  },
};

test('it names where to go and who to be', () => {
  expect(text).toContain('http://localhost:3000');
  expect(text).toMatch(/clinician +clinician@north\.example +correct horse/);
});

test('it shows one login for every role, one of another organisation, and where the others are', () => {
  const shown = [...text.matchAll(/\S+@\S+\.example/g)].map(([email]) => email);
  expect(shown).toEqual(['clinician@north.example', 'dpo@north.example', 'dpo@south.example']);
  expect(text).toContain('/data/federation.json');
});

test('the curl command, as a shell reads it, asks for a vote with an idempotency key', async () => {
  const command = text.slice(text.indexOf('curl http'), text.indexOf('\n\nor with'));
  const { stdout } = await run('bash', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`]);
  const words = stdout.split('\0');
  expect(words[0]).toMatch(/\/v1\/chat\/completions$/);
  expect(words).toContain('Authorization: Bearer fdlr_key');
  expect(words).toContainEqual(expect.stringMatching(/^Idempotency-Key: first-\d+$/));
  expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toMatchObject(expectedBody);
});

test('the openai snippet runs as it is printed', async () => {
  const folder = join(PROJECT_ROOT, '.cache');
  const script = join(folder, `first-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(script, text.slice(text.indexOf('import OpenAI from'), text.indexOf('\n\nSend a new')));
  try {
    const { stdout } = await run(process.execPath, [script]);
    expect(stdout).toMatch(/Pneumonia .*0\.000433/);
  } finally {
    rmSync(script);
  }
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ url: '/v1/chat/completions', body: expectedBody });
  expect(seen[0]?.headers.authorization).toBe('Bearer fdlr_key');
  expect(seen[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
});
