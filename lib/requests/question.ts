import { z } from 'zod';
import { plainText } from '#lib/identity/plain-text';
import { MAX_ANSWER_TOKENS } from './answer-length.ts';
import { MAX_LABEL_CHARACTERS, MAX_LABELS, MIN_LABELS } from './labels.ts';

const labels = z
  .array(z.string().trim().min(1).max(MAX_LABEL_CHARACTERS))
  .min(MIN_LABELS)
  .max(MAX_LABELS)
  .refine((all) => new Set(all.map((label) => label.toLowerCase())).size === all.length, {
    message: 'Labels must differ.',
  });

/** What a clear winner is: enough of all shards, or far enough ahead of the second. */
export const CONSENSUS_TESTS = ['threshold', 'margin'] as const;
export type ConsensusChoice = (typeof CONSENSUS_TESTS)[number];

const asker = { model: z.string().min(1).max(200), purpose: plainText({ max: 100 }) };
const prompt = z.string().trim().min(1).max(20_000);
const epsilon = z.number().positive().max(100);

const vote = { mechanism: z.literal('vote'), labels, epsilon };
const consensus = { mechanism: z.literal('consensus'), labels, epsilon, test: z.enum(CONSENSUS_TESTS) };
const shortAnswer = {
  mechanism: z.literal('short-answer'),
  epsilon,
  maxTokens: z.int().min(1).max(MAX_ANSWER_TOKENS),
};
const federated = { ...asker, prompt, route: z.literal('federated') };

/** Free text from the hospitals, drawn token by token. */
export const shortAnswerSchema = z.object({ ...federated, ...shortAnswer });
export type ShortAnswerQuestion = z.infer<typeof shortAnswerSchema>;

/**
 * What a person asks on the Ask page. A federated question is one over labels, with or without the wish that the winner
 * be clear, or one for a short answer; a public one is free text.
 */
export const questionSchema = z.discriminatedUnion('route', [
  z.discriminatedUnion('mechanism', [
    z.object({ ...federated, ...vote }),
    z.object({ ...federated, ...consensus }),
    shortAnswerSchema,
  ]),
  z.object({ ...asker, prompt, route: z.literal('public') }),
]);
export type Question = z.infer<typeof questionSchema>;
export type FederatedQuestion = Extract<Question, { route: 'federated' }>;

/** The same without a prompt: a price does not depend on what is asked. */
export const quoteSchema = z.discriminatedUnion('mechanism', [
  z.object({ ...asker, ...vote }),
  z.object({ ...asker, ...consensus }),
  z.object({ ...asker, ...shortAnswer }),
]);
export type QuoteQuestion = z.infer<typeof quoteSchema>;

function voteFormat(labels: string[]) {
  return {
    type: 'json_schema',
    json_schema: { name: 'answer', strict: true, schema: { type: 'string', enum: labels } },
  };
}

/** How the router reads which answer is wanted: labels make a vote, their absence a short answer. */
function asked(question: QuoteQuestion): Record<string, unknown> {
  const { purpose, epsilon } = question;
  const privacy = { route: 'federated', epsilon, purpose };
  switch (question.mechanism) {
    case 'vote':
      return { response_format: voteFormat(question.labels), privacy };
    case 'consensus':
      return {
        response_format: voteFormat(question.labels),
        privacy: { ...privacy, requireConsensus: question.test },
      };
    case 'short-answer':
      return { privacy: { ...privacy, maxTokens: question.maxTokens } };
  }
}

/** The chat completion that asks the router this question. */
export function toChatCompletion(question: Question): Record<string, unknown> {
  const { model, prompt: content, purpose } = question;
  const messages = [{ role: 'user', content }];
  if (question.route === 'public') return { model, messages, privacy: { route: 'public', purpose } };
  return { model, messages, ...asked(question) };
}

/** The completion body that the router prices; it carries no prompt. */
export function toQuoteBody(question: QuoteQuestion): Record<string, unknown> {
  return { model: question.model, ...asked(question) };
}
