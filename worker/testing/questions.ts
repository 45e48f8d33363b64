import type OpenAI from 'openai';
import type { TestFederation } from './federation.ts';

export const HEART_LABELS = ['Acute myocardial infarction', 'Pneumonia', 'Acute cholecystitis', 'Migraine'];
/** The rare word lets a test look for the prompt wherever it must not be. */
export const HEART_PROMPT =
  'Zyzzyva: 58-year-old with crushing chest pain radiating to the left arm, sweating and nausea for one hour.';

type Body = OpenAI.ChatCompletionCreateParamsNonStreaming & { privacy?: Record<string, unknown> };

export function enumFormat(labels: readonly string[]): OpenAI.ResponseFormatJSONSchema {
  const schema = { type: 'string', enum: [...labels] };
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}

/** A well-formed private vote, changed as the test wants. */
export function vote(change: Partial<Body> & Record<string, unknown> = {}): Body {
  return {
    model: 'demo-medllama',
    messages: [{ role: 'user', content: HEART_PROMPT }],
    response_format: enumFormat(HEART_LABELS),
    ...change,
  };
}

/** A question without labels: free text, drawn token by token. */
export function shortAnswer(change: Partial<Body> & Record<string, unknown> = {}): Body {
  return {
    model: 'demo-medllama',
    messages: [{ role: 'user', content: 'What are the treatments for asthma?' }],
    privacy: { epsilon: 0.5, maxTokens: 16 },
    ...change,
  };
}

export type Posted = { status: number; headers: Headers; body: ReplyBody };
type ReplyBody = {
  id?: string;
  choices?: { message: { content: string | null; refusal: string | null } }[];
  privacy?: Record<string, unknown>;
  error?: { message: string; code: string; type: string; param: string | null } & Record<string, unknown>;
} & Record<string, unknown>;

/** A bare POST, for what the SDK would not send. `body` goes as it is when it is a string. */
export async function post(
  federation: TestFederation,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const response = await fetch(`${federation.apiBaseUrl}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${federation.seeded.apiKey}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as ReplyBody };
}
