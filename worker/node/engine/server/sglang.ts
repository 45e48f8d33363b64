import { z } from 'zod';
import type { ServerConfig } from '../config.ts';
import { type EngineCall, NotExactError } from '../engine.ts';
import type { Dialect, ServerPrompt } from './dialect.ts';
import { logProbOf, scoresOf } from './exact-scores.ts';
import type { ModelServer } from './model-server.ts';

/** [log-probability, token id, text or null]. */
const scoreSchema = z.tuple([z.number(), z.int().nonnegative(), z.string().nullish()]);
const positionsSchema = z.array(z.array(scoreSchema).nullish()).nullish();
const modelSchema = z.object({ model_path: z.string() });
const serverSchema = z.object({ version: z.string().nullish() });
const tokensSchema = z.object({ tokens: z.array(z.int().nonnegative()) });
const generateSchema = z.object({
  text: z.string(),
  meta_info: z.object({
    prompt_tokens: z.int().nonnegative(),
    completion_tokens: z.int().nonnegative(),
    finish_reason: z.object({ type: z.string() }).nullish(),
    output_token_ids_logprobs: positionsSchema,
    output_top_logprobs: positionsSchema,
  }),
});

/** Tokens named for a vote, and for the check that log-probabilities are what is given. */
const FOR_A_VOTE = 256;
const FOR_THE_CHECK = 2_048;

/** SGLang's own /generate (docs/engines.md names the flags it wants). */
export function sglang(server: ModelServer, config: ServerConfig): Dialect {
  const tokenize = async (prompt: string, special: boolean, signal?: AbortSignal) => {
    const body = { model: config.model, prompt, add_special_tokens: special };
    return (await server.post('/tokenize', body, tokensSchema, signal)).tokens;
  };

  async function generate(input: object, more: object, { salt, signal }: EngineCall, maxTokens = 1) {
    return server.post(
      '/generate',
      {
        ...input,
        sampling_params: { max_new_tokens: maxTokens, temperature: 0 },
        ...(salt && { extra_key: salt }),
        ...more,
      },
      generateSchema,
      signal,
    );
  }

  async function idsOf({ text, prefix }: ServerPrompt, signal?: AbortSignal) {
    const ids = await tokenize(text, true, signal);
    return { input: { input_ids: [...ids, ...prefix] }, promptTokens: ids.length };
  }

  const scoring = { return_logprob: true, logprob_start_len: -1 };
  const tops = (count: number) => ({ ...scoring, top_logprobs_num: count, return_text_in_logprobs: true });
  const read = (said: z.infer<typeof positionsSchema>) =>
    (said?.[0] ?? []).map(([value, id, text]) => ({ id, logProb: logProbOf(value), text: text ?? '' }));

  async function named(input: object, ids: readonly number[], call: EngineCall) {
    const { meta_info } = await generate(input, { ...scoring, token_ids_logprob: ids }, call);
    const byId = new Map(read(meta_info.output_token_ids_logprobs).map(({ id, logProb }) => [id, logProb]));
    return scoresOf(byId, ids);
  }

  return {
    open: async () => {
      const { model_path } = await server.get('/get_model_info', modelSchema);
      const { version } = await server.get('/get_server_info', serverSchema);
      const end = config.endToken ? (await tokenize(config.endToken, false)).at(-1) : undefined;
      const { input } = await idsOf({ text: 'Question: What is asthma?\nAnswer:', prefix: [] });
      const { meta_info } = await generate(input, tops(FOR_THE_CHECK), {});
      const likeliest = read(meta_info.output_top_logprobs);
      // The rest of the vocabulary is not named; but so many tokens hold most of the mass, and never more than all of it.
      const mass = likeliest.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0);
      if (!(mass > 0.5 && mass < 1.002)) {
        throw new NotExactError(
          `SGLang: the likeliest tokens have a probability of ${mass.toFixed(4)} together; it gives no plain log-probabilities`,
        );
      }
      return {
        contextTokens: config.contextTokens ?? 2_048,
        tokenCount: null,
        end: end === undefined ? null : { id: end, text: config.endToken ?? '' },
        build: `${version ?? 'unknown'} ${model_path}`,
        variance: null,
      };
    },
    topTexts: async ({ text }, call) => {
      const { meta_info } = await generate({ text }, tops(FOR_A_VOTE), call);
      return { scores: read(meta_info.output_top_logprobs), promptTokens: meta_info.prompt_tokens };
    },
    top: async (prompt, count, also, call) => {
      const { input, promptTokens } = await idsOf(prompt, call.signal);
      const { meta_info } = await generate(input, { ...tops(count), token_ids_logprob: [also] }, call);
      const scores = read(meta_info.output_top_logprobs);
      const [extra] = read(meta_info.output_token_ids_logprobs);
      if (extra?.id !== also) throw new NotExactError('the model server left out the end token');
      if (!scores.some(({ id }) => id === also)) scores.push(extra);
      return { scores, promptTokens };
    },
    exact: async (prompt, candidates, call) => {
      const { input, promptTokens } = await idsOf(prompt, call.signal);
      return { logProbs: await named(input, candidates, call), promptTokens };
    },
    write: async ({ text }, maxTokens, call) => {
      const { text: written, meta_info } = await generate({ text }, {}, call, maxTokens);
      return {
        text: written.trim(),
        promptTokens: meta_info.prompt_tokens,
        completionTokens: meta_info.completion_tokens,
        finishReason: meta_info.finish_reason?.type === 'length' ? 'length' : 'stop',
      };
    },
  };
}
