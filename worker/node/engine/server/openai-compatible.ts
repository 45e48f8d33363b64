import { z } from 'zod';
import type { ServerConfig } from '../config.ts';
import { type EngineCall, NotExactError } from '../engine.ts';
import type { Dialect } from './dialect.ts';
import { logProbOf } from './exact-scores.ts';
import type { ModelServer } from './model-server.ts';

const scoreSchema = z.object({ token: z.string(), logprob: z.number() });
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })).min(1) });
const chatSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
        logprobs: z
          .object({ content: z.array(z.object({ top_logprobs: z.array(scoreSchema) })).nullish() })
          .nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.int().nonnegative(), completion_tokens: z.int().nonnegative().nullish() })
    .nullish(),
});

/** The most that the OpenAI API allows. */
const TOP = 20;
const NO_EXACT =
  'an OpenAI-compatible server cuts off its scores: it votes, and gives no private short answers';

/** Any OpenAI-compatible chat server. It votes by its likeliest tokens, or by the text it answers with, and no more. */
export function openaiCompatible(server: ModelServer, config: ServerConfig): Dialect {
  const { model } = config;
  const ask = async (text: string, maxTokens: number, more: object, { signal }: EngineCall) => {
    const body = {
      model,
      messages: [{ role: 'user', content: text }],
      max_tokens: maxTokens,
      temperature: 0,
      ...more,
    };
    const { choices, usage } = await server.post('/v1/chat/completions', body, chatSchema, signal);
    return {
      choice: choices[0]!,
      promptTokens: usage?.prompt_tokens ?? 0,
      written: usage?.completion_tokens ?? 0,
    };
  };
  return {
    open: async () => {
      await server.get('/v1/models', modelsSchema);
      return {
        contextTokens: config.contextTokens ?? 2_048,
        tokenCount: null,
        end: null,
        build: model,
        variance: NO_EXACT,
      };
    },
    topTexts: async ({ text }, call) => {
      const { choice, promptTokens } = await ask(text, 1, { logprobs: true, top_logprobs: TOP }, call);
      const said = choice.logprobs?.content?.[0]?.top_logprobs;
      // Some servers give no scores at all: then what they answer is the vote.
      const scores = said
        ? said.map(({ token, logprob }) => ({ text: token, logProb: logProbOf(logprob) }))
        : [{ text: choice.message.content ?? '', logProb: 0 }];
      return { scores, promptTokens };
    },
    top: () => Promise.reject(new NotExactError(NO_EXACT)),
    exact: () => Promise.reject(new NotExactError(NO_EXACT)),
    write: async ({ text }, maxTokens, call) => {
      const { choice, promptTokens, written } = await ask(text, maxTokens, {}, call);
      return {
        text: (choice.message.content ?? '').trim(),
        promptTokens,
        completionTokens: written,
        finishReason: choice.finish_reason === 'length' ? 'length' : 'stop',
      };
    },
  };
}
