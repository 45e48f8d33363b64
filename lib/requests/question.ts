import { z } from 'zod';
import { plainText } from '#lib/identity/plain-text';
import { MAX_LABEL_CHARACTERS, MAX_LABELS, MIN_LABELS } from './labels.ts';

const labelsSchema = z
  .array(z.string().trim().min(1).max(MAX_LABEL_CHARACTERS))
  .min(MIN_LABELS)
  .max(MAX_LABELS)
  .refine((labels) => new Set(labels.map((label) => label.toLowerCase())).size === labels.length, {
    message: 'Labels must differ.',
  });

const common = {
  model: z.string().min(1).max(200),
  prompt: z.string().trim().min(1).max(20_000),
  purpose: plainText({ max: 100 }),
};

/** What a person asks on the Ask page. A federated question is a vote over labels; a public one is free text. */
export const questionSchema = z.discriminatedUnion('route', [
  z.object({
    ...common,
    route: z.literal('federated'),
    labels: labelsSchema,
    epsilon: z.number().positive().max(100),
  }),
  z.object({ ...common, route: z.literal('public') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** The same without a prompt: a price does not depend on what is asked. */
export const quoteSchema = z.object({
  model: common.model,
  purpose: common.purpose,
  labels: labelsSchema,
  epsilon: z.number().positive().max(100),
});
export type QuoteQuestion = z.infer<typeof quoteSchema>;

function voteFormat(labels: string[]) {
  return {
    type: 'json_schema',
    json_schema: { name: 'answer', strict: true, schema: { type: 'string', enum: labels } },
  };
}

/** The chat completion that asks the router this question. */
export function toChatCompletion(question: Question): Record<string, unknown> {
  const { model, prompt, purpose, route } = question;
  const messages = [{ role: 'user', content: prompt }];
  if (route === 'public') return { model, messages, privacy: { route, purpose } };
  const { labels, epsilon } = question;
  return { model, messages, response_format: voteFormat(labels), privacy: { route, epsilon, purpose } };
}

/** The completion body that the router prices; it carries no prompt. */
export function toQuoteBody({ model, purpose, labels, epsilon }: QuoteQuestion): Record<string, unknown> {
  return { model, response_format: voteFormat(labels), privacy: { route: 'federated', epsilon, purpose } };
}
