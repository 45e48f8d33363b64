import { randomUUID } from 'node:crypto';
import type { BenchRouter } from './bench-router.ts';

/** As many labels as need every shard of the demo at epsilon 0.1. */
const LABELS = Array.from({ length: 24 }, (_, i) => `Condition ${i}`);
/** Tokens of a short answer: its reservation and settlement are shared by all of them. */
export const TOKENS = 32;

type Body = {
  privacy?: { shards: number; drawn: { tokens?: number } | null };
  error?: { message: string };
};

/** A vote of all shards. Throws when it was anything else. */
export async function askVote(router: BenchRouter): Promise<void> {
  const schema = { type: 'string', enum: LABELS };
  const { privacy, error } = await post(router, {
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    privacy: { epsilon: 0.1, mode: 'exact' },
  });
  if (privacy?.shards !== router.shards)
    throw new Error(`A vote of ${router.shards} shards was expected: ${error?.message}`);
}

/** A short answer of TOKENS tokens. Throws when it was shorter. */
export async function askShortAnswer(router: BenchRouter): Promise<void> {
  const { privacy, error } = await post(router, { max_tokens: TOKENS, privacy: { epsilon: 0.5 } });
  if (privacy?.drawn?.tokens !== TOKENS) throw new Error(`${TOKENS} tokens were expected: ${error?.message}`);
}

async function post({ gateway, apiKey, model }: BenchRouter, asked: object): Promise<Body> {
  const response = await gateway.inject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() },
    payload: {
      model,
      messages: [{ role: 'user', content: 'Crushing chest pain for one hour, sweating, nausea.' }],
      ...asked,
    },
  });
  return response.json<Body>();
}
