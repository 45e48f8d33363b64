import { z } from 'zod';
import type { ServerConfig } from '../config.ts';
import { type EngineCall, NotExactError } from '../engine.ts';
import type { Dialect, ServerPrompt } from './dialect.ts';
import { logProbOf, requireWhole, scoresOf } from './exact-scores.ts';
import { inGroups } from './in-groups.ts';
import type { ModelServer } from './model-server.ts';

const modelsSchema = z.object({
  data: z.array(z.object({ id: z.string(), max_model_len: z.int().positive().nullish() })).min(1),
});
const versionSchema = z.object({ version: z.string() });
const tokensSchema = z.object({ tokens: z.array(z.int().nonnegative()) });
const textSchema = z.object({ prompt: z.string() });
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        text: z.string(),
        finish_reason: z.string().nullish(),
        logprobs: z.object({ top_logprobs: z.array(z.record(z.string(), z.number()).nullable()) }).nullish(),
      }),
    )
    .min(1),
  usage: z.object({
    prompt_tokens: z.int().nonnegative(),
    completion_tokens: z.int().nonnegative().nullish(),
  }),
});

/** What one request may name (its list of ids has this limit). */
const MOST_CANDIDATES = 128;
/** Tokens named for a vote: a label that is not among them was not meant. */
const FOR_A_VOTE = 256;
const ALL = -1;
const TOKEN = 'token_id:';

/** vLLM's OpenAI server with its own parameters (docs/engines.md names the flags it wants). */
export function vllm(server: ModelServer, config: ServerConfig): Dialect {
  const { model } = config;
  /** Texts of tokens, asked for once each: a vocabulary does not change. */
  const texts = new Map<number, string>();

  const tokenize = async (prompt: string, special: boolean, signal?: AbortSignal) => {
    const body = { model, prompt, add_special_tokens: special };
    return (await server.post('/tokenize', body, tokensSchema, signal)).tokens;
  };

  async function complete(
    prompt: string | readonly number[],
    more: object,
    { salt, signal }: EngineCall,
    maxTokens = 1,
  ) {
    const body = {
      model,
      prompt,
      max_tokens: maxTokens,
      temperature: 0,
      ...(salt && { cache_salt: salt }),
      ...more,
    };
    const reply = await server.post('/v1/completions', body, completionSchema, signal);
    return { choice: reply.choices[0]!, usage: reply.usage };
  }

  async function idsOf({ text, prefix }: ServerPrompt, signal?: AbortSignal) {
    const ids = await tokenize(text, true, signal);
    return { ids: [...ids, ...prefix], promptTokens: ids.length };
  }

  async function scoresById(ids: readonly number[], more: object, call: EngineCall) {
    const { choice } = await complete(ids, { return_tokens_as_token_ids: true, ...more }, call);
    const said = choice.logprobs?.top_logprobs[0];
    if (!said) throw new NotExactError('the model server gave no scores');
    const byId = new Map<number, number>();
    for (const [token, value] of Object.entries(said)) {
      if (!token.startsWith(TOKEN)) throw new NotExactError('the model server names tokens by their text');
      byId.set(Number(token.slice(TOKEN.length)), logProbOf(value));
    }
    return byId;
  }

  async function textOf(id: number): Promise<string> {
    const known = texts.get(id);
    if (known !== undefined) return known;
    const { prompt } = await server.post('/detokenize', { model, tokens: [id] }, textSchema);
    texts.set(id, prompt);
    return prompt;
  }

  return {
    open: async () => {
      const { data } = await server.get('/v1/models', modelsSchema);
      const served = data.find(({ id }) => id === model);
      if (!served) {
        throw new NotExactError(
          `the model server serves ${data.map(({ id }) => id).join(', ')} and not ${model}: mend engine.model`,
        );
      }
      const { version } = await server.get('/version', versionSchema);
      const end = config.endToken ? (await tokenize(config.endToken, false)).at(-1) : undefined;
      const { ids } = await idsOf({ text: 'Question: What is asthma?\nAnswer:', prefix: [] });
      const whole = await scoresById(ids, { logprobs: ALL }, {});
      requireWhole(whole.values(), 'vLLM (start it with --max-logprobs -1 --logprobs-mode raw_logprobs)');
      return {
        contextTokens: config.contextTokens ?? served.max_model_len ?? 2_048,
        tokenCount: whole.size,
        end: end === undefined ? null : { id: end, text: config.endToken ?? '' },
        build: `${version} ${whole.size} ${served.max_model_len}`,
        variance: null,
      };
    },
    topTexts: async ({ text }, call) => {
      const { choice, usage } = await complete(text, { logprobs: FOR_A_VOTE }, call);
      const said = choice.logprobs?.top_logprobs[0] ?? {};
      const scores = Object.entries(said).map(([token, value]) => ({
        text: token,
        logProb: logProbOf(value),
      }));
      return { scores, promptTokens: usage.prompt_tokens };
    },
    top: async (prompt, count, also, call) => {
      const { ids, promptTokens } = await idsOf(prompt, call.signal);
      const byId = await scoresById(ids, { logprobs: count }, call);
      if (!byId.has(also)) {
        const named = await scoresById(ids, { logprobs: 1, logprob_token_ids: [also] }, call);
        byId.set(also, scoresOf(named, [also])[0]!);
      }
      const scores = await inGroups([...byId], async ([id, logProb]) => ({
        id,
        logProb,
        text: await textOf(id),
      }));
      return { scores: scores.sort((a, b) => b.logProb - a.logProb || a.id - b.id), promptTokens };
    },
    exact: async (prompt, candidates, call) => {
      if (candidates.length > MOST_CANDIDATES) {
        throw new NotExactError(`vLLM scores ${MOST_CANDIDATES} candidates at most`);
      }
      const { ids, promptTokens } = await idsOf(prompt, call.signal);
      const byId = await scoresById(ids, { logprobs: 1, logprob_token_ids: candidates }, call);
      return { logProbs: scoresOf(byId, candidates), promptTokens };
    },
    write: async ({ text }, maxTokens, call) => {
      const { choice, usage } = await complete(text, {}, call, maxTokens);
      return {
        text: choice.text.trim(),
        promptTokens: usage.prompt_tokens,
        completionTokens: usage.completion_tokens ?? 0,
        finishReason: choice.finish_reason === 'length' ? 'length' : 'stop',
      };
    },
  };
}
