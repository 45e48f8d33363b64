import { z } from 'zod';
import type { ServerConfig } from '../config.ts';
import { type EngineCall, NotExactError } from '../engine.ts';
import type { Dialect, ServerPrompt } from './dialect.ts';
import { logProbOf, requireWhole, scoresOf } from './exact-scores.ts';
import type { ModelServer } from './model-server.ts';

const propsSchema = z.object({
  default_generation_settings: z.object({ n_ctx: z.int().positive() }),
  total_slots: z.int().positive(),
  model_path: z.string(),
  build_info: z.string(),
  eos_token: z.string(),
});
const modelsSchema = z.object({
  data: z.array(z.object({ id: z.string(), meta: z.object({ n_vocab: z.int().positive() }) })).min(1),
});
const tokensSchema = z.object({ tokens: z.array(z.int().nonnegative()) });
const scoreSchema = z.object({ id: z.int().nonnegative(), token: z.string(), logprob: z.number() });
const completionSchema = z.object({
  content: z.string(),
  stop_type: z.string(),
  tokens_predicted: z.int().nonnegative(),
  tokens_evaluated: z.int().nonnegative(),
  completion_probabilities: z.array(z.object({ top_logprobs: z.array(scoreSchema) })).optional(),
});

/** Tokens named for a vote: a label that is not among them was not meant. */
const FOR_A_VOTE = 256;

/** llama.cpp's own server (docs/engines.md). It names the scores of its whole vocabulary, so that nothing is cut off. */
export function llamaServer(server: ModelServer, config: ServerConfig): Dialect {
  let tokenCount = 0;
  let filler = 0;

  /** @param top so many of the likeliest, in the server's order. */
  async function scores({ text, prefix }: ServerPrompt, top: number, { signal }: EngineCall) {
    const reply = await server.post(
      '/completion',
      {
        prompt: prefix.length > 0 ? [text, ...prefix] : text,
        n_predict: 1,
        n_probs: top,
        temperature: -1,
        // Nothing of this prompt is kept for another one, and the bits do not depend on what was asked before.
        cache_prompt: false,
        // The scores are the model's own, before any bias. The token said is not looked at, and is a whole letter: after
        // half of one the server says no scores.
        logit_bias: [[filler, 10_000]],
      },
      completionSchema,
      signal,
    );
    const said = reply.completion_probabilities?.[0]?.top_logprobs;
    if (!said || said.length !== top) throw new NotExactError('the model server cut off its scores');
    return {
      scores: said.map(({ id, token, logprob }) => ({ id, text: token, logProb: logProbOf(logprob) })),
      promptTokens: reply.tokens_evaluated - prefix.length,
    };
  }
  const tokenize = async (content: string) =>
    (await server.post('/tokenize', { content, parse_special: true }, tokensSchema)).tokens.at(-1);

  return {
    open: async () => {
      const props = await server.get('/props', propsSchema);
      const { data } = await server.get('/v1/models', modelsSchema);
      tokenCount = data[0]?.meta.n_vocab ?? 0;
      filler = (await tokenize('a')) ?? 0;
      const endText = config.endToken ?? props.eos_token;
      const end = endText ? await tokenize(endText) : undefined;
      const whole = await scores({ text: 'Question: What is asthma?\nAnswer:', prefix: [] }, tokenCount, {});
      requireWhole(
        whole.scores.map(({ logProb }) => logProb),
        'llama-server',
      );
      return {
        contextTokens: props.default_generation_settings.n_ctx,
        tokenCount,
        end: end === undefined ? null : { id: end, text: endText },
        build: `${props.build_info} ${props.model_path} ${tokenCount} ${props.total_slots}`,
        variance:
          props.total_slots === 1
            ? null
            : `it has ${props.total_slots} slots, whose prompts share batches: start it with --parallel 1`,
      };
    },
    topTexts: (prompt, call) => scores(prompt, Math.min(FOR_A_VOTE, tokenCount), call),
    top: async (prompt, count, also, call) => {
      const whole = await scores(prompt, tokenCount, call);
      const named = whole.scores.filter(({ id }, at) => at < count || id === also);
      return { ...whole, scores: named };
    },
    exact: async (prompt, candidates, call) => {
      const whole = await scores(prompt, tokenCount, call);
      const byId = new Map(whole.scores.map(({ id, logProb }) => [id, logProb]));
      if (byId.size !== tokenCount) throw new NotExactError('the model server named a token twice');
      return { logProbs: scoresOf(byId, candidates), promptTokens: whole.promptTokens };
    },
    write: async ({ text }, maxTokens, { signal }) => {
      const reply = await server.post(
        '/completion',
        { prompt: text, n_predict: maxTokens, temperature: 0, cache_prompt: false },
        completionSchema,
        signal,
      );
      return {
        text: reply.content.trim(),
        promptTokens: reply.tokens_evaluated,
        completionTokens: reply.tokens_predicted,
        finishReason: reply.stop_type === 'limit' ? 'length' : 'stop',
      };
    },
  };
}
