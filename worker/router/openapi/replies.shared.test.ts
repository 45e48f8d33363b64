import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { federation } from '../../testing/one-federation.ts';
import {
  chatCompletionReplySchema,
  errorReplySchema,
  modelsReplySchema,
  proofReplySchema,
  quoteReplySchema,
  textCompletionReplySchema,
} from './reply-schemas.ts';

async function call(
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; json: unknown }> {
  const response = await fetch(`http://127.0.0.1:${federation.apiPort}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${federation.seeded.apiKey}`,
      'idempotency-key': randomUUID(),
      'x-request-id': '00000000-0000-4000-8000-00000000beef',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

const vote = {
  model: 'demo-medllama',
  messages: [{ role: 'user', content: 'Crushing chest pain and sweating.' }],
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'answer', schema: { type: 'string', enum: ['Pneumonia', 'Migraine'] } },
  },
};

const CASES: [string, string, unknown, number, z.ZodType][] = [
  ['a vote', '/v1/chat/completions', vote, 200, chatCompletionReplySchema],
  [
    'a public text',
    '/v1/completions',
    { model: 'demo-medllama:public', prompt: 'What is asthma?' },
    200,
    textCompletionReplySchema,
  ],
  ['a quote', '/v1/privacy/quote', vote, 200, quoteReplySchema],
  ['a quote of text', '/v1/privacy/quote', { ...vote, response_format: undefined }, 200, quoteReplySchema],
  [
    'a quote of a consensus',
    '/v1/privacy/quote',
    { ...vote, privacy: { requireConsensus: true } },
    200,
    quoteReplySchema,
  ],
  [
    'a short answer',
    '/v1/completions',
    { model: 'demo-medllama', prompt: 'What is asthma?', privacy: { epsilon: 0.5, maxTokens: 16 } },
    200,
    textCompletionReplySchema,
  ],
  ['the models', '/v1/models', undefined, 200, modelsReplySchema],
  ['an unknown field', '/v1/chat/completions', { ...vote, epsilom: 1 }, 400, errorReplySchema],
  ['an unknown path', '/v1/elsewhere', undefined, 404, errorReplySchema],
];

it.each(CASES)('%s is answered as the document says', async (_name, path, body, status, schema) => {
  const reply = await call(path, body);
  expect(reply.status).toBe(status);
  const parsed = schema.safeParse(reply.json);
  expect(parsed.error?.issues ?? []).toEqual([]);
  // Its own: a stranger does not name requests in our logs.
  expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(reply.headers.get('x-request-id')).not.toContain('beef');
});

it('a proof is as the document says, and the document is there for anyone', async () => {
  const { json } = await call('/v1/chat/completions', vote);
  const { leafHash } = chatCompletionReplySchema.parse(json).privacy.receipt;
  await expect
    .poll(async () => proofReplySchema.safeParse((await call(`/v1/audit/proof/${leafHash}`)).json).success)
    .toBe(true);
  const document = await fetch(`http://127.0.0.1:${federation.apiPort}/openapi.json`);
  expect(document.status).toBe(200);
  expect(await document.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Router API' } });
});
