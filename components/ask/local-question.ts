import { z } from 'zod';

export type LocalNode = { hospital: string; url: string };

/** What a person asks their own hospital's node. It goes nowhere else. */
export type LocalQuestion = {
  model: string;
  prompt: string;
  purpose: string;
  /** None: free text of at most `maxTokens`. */
  labels: string[];
  maxTokens: number;
};

const replySchema = z.object({
  model: z.string(),
  choices: z
    .array(z.object({ message: z.object({ content: z.string().nullable(), refusal: z.string().nullish() }) }))
    .min(1),
  privacy: z.object({
    route: z.literal('local'),
    hospital: z.string(),
    votes: z.record(z.string(), z.number()).nullish(),
  }),
});
export type LocalReply = z.infer<typeof replySchema>;

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The node cannot be reached (`unreachable`), does not know the key (`key`) or says no, in its own words (`refused`). */
export class LocalProblem extends Error {
  readonly kind: 'unreachable' | 'key' | 'refused';
  constructor(kind: LocalProblem['kind'], message = '') {
    super(message);
    this.name = 'LocalProblem';
    this.kind = kind;
  }
}

/**
 * Asks the node straight from this browser, with the person's own key. Neither prompt nor key is ever sent to the console or the
 * router, and no cookie goes along. @throws LocalProblem
 */
export async function askLocally(
  { url }: LocalNode,
  key: string,
  question: LocalQuestion,
  send: typeof fetch = fetch,
): Promise<LocalReply> {
  let response: Response;
  let json: unknown;
  try {
    response = await send(`${url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(bodyOf(question)),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    json = await response.json();
  } catch {
    throw new LocalProblem('unreachable');
  }
  if (response.status === 401) throw new LocalProblem('key');
  const reply = replySchema.safeParse(json);
  if (response.ok && reply.success) return reply.data;
  const refusal = refusalSchema.safeParse(json);
  if (refusal.success) throw new LocalProblem('refused', refusal.data.error.message);
  throw new LocalProblem('unreachable');
}

function bodyOf({ model, prompt, purpose, labels, maxTokens }: LocalQuestion) {
  const messages = [{ role: 'user', content: prompt }];
  const schema = { type: 'string', enum: labels };
  const format = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
  const privacy = { route: 'local', purpose };
  return labels.length > 0
    ? { model: `${model}:local`, messages, response_format: format, privacy }
    : { model: `${model}:local`, messages, privacy: { ...privacy, maxTokens } };
}
