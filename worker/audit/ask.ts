import type OpenAI from 'openai';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { AuditFederation } from './federation.ts';
import type { Side } from './scenario.ts';

export const DELTA = 1e-5;

/** The epsilon whose charge lets every log-probability of an exponential mechanism move by eta: rho = eta^2/8. */
export function epsilonForEta(eta: number): number {
  return epsilonFromRho(BigInt(Math.round((eta * eta * 1e12) / 8)), DELTA);
}

export type Question = {
  side: Side;
  prompt: string;
  /** Absent for free text. */
  labels?: readonly string[];
  privacy: { epsilon: number } & Record<string, unknown>;
  idempotencyKey?: string;
};

type Completion = OpenAI.ChatCompletion & { privacy: { requestId: string } };
export type Answer = { content: string; requestId: string };

/** One request as any application makes it, with the SDK. */
export async function ask({ openai }: AuditFederation, question: Question): Promise<Answer> {
  const { side, prompt, labels, privacy, idempotencyKey } = question;
  const body = {
    model: 'demo-medllama',
    messages: [{ role: 'user' as const, content: prompt }],
    ...(labels && { response_format: enumFormat(labels) }),
    privacy: { ...privacy, purpose: side },
  };
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const reply = (await openai.chat.completions.create(body, { headers })) as Completion;
  return { content: reply.choices[0]?.message.content ?? '', requestId: reply.privacy.requestId };
}

function enumFormat(labels: readonly string[]): OpenAI.ResponseFormatJSONSchema {
  const schema = { type: 'string', enum: [...labels] };
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}
