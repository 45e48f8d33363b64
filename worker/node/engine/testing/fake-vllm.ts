import {
  FAKE_TOKENS,
  fakeLogits,
  fakeLogProbs,
  fakeRanked,
  fakeText,
  fakeTokenize,
  type Scored,
} from './fake-model.ts';
import { type Faults, jitterOf, type Reply } from './fake-server.ts';

/**
 * vLLM's OpenAI server, written from vllm/entrypoints/openai/completion/protocol.py (commit 002032e) and serving.py
 * `_create_completion_logprobs` (commit 030ea52), and from vllm/entrypoints/serve/tokenize/protocol.py (6e448d0): with
 * `logprob_token_ids` exactly these and the sampled token are named; minus infinity is -9999.
 */
export const fakeVllm: Reply = ({ path, body }, faults) => {
  if (path === '/v1/models')
    return { object: 'list', data: [{ id: 'fake', object: 'model', max_model_len: 512 }] };
  if (path === '/version') return { version: '0.26.0' };
  if (path === '/tokenize') {
    const tokens = fakeTokenize(String(body.prompt));
    return { count: tokens.length, max_model_len: 512, tokens, token_strs: null };
  }
  if (path === '/detokenize') return { prompt: (body.tokens as number[]).map(fakeText).join('') };
  return path === '/v1/completions' ? completion(body, faults) : undefined;
};

function completion(body: Record<string, unknown>, faults: Faults & { beside: number }) {
  const ids = Array.isArray(body.prompt) ? (body.prompt as number[]) : fakeTokenize(String(body.prompt));
  const values = faults.logits ? fakeLogits(ids) : fakeLogProbs(ids, jitterOf(faults));
  const ranked = fakeRanked(values);
  const wanted = Number(body.logprobs ?? 0);
  const listed = body.logprob_token_ids as number[] | undefined;
  const top = wanted === -1 ? FAKE_TOKENS : wanted + 1;
  const named = listed
    ? [ranked[0]!, ...ranked.filter(({ id }) => listed.includes(id))]
    : ranked.slice(0, top);
  const kept = faults.cutOff ? named.slice(0, 20) : named;
  const nameOf = ({ id, text }: Scored) => (body.return_tokens_as_token_ids ? `token_id:${id}` : text);
  const top_logprobs = [
    Object.fromEntries(kept.map((scored) => [nameOf(scored), Math.max(scored.logProb, -9999)])),
  ];
  return {
    id: 'cmpl-1',
    object: 'text_completion',
    created: 0,
    model: 'fake',
    choices: [
      {
        index: 0,
        text: ranked[0]!.text,
        logprobs:
          body.logprobs === undefined
            ? null
            : {
                text_offset: [0],
                token_logprobs: [ranked[0]!.logProb],
                tokens: [nameOf(ranked[0]!)],
                top_logprobs,
              },
        finish_reason: 'length',
        stop_reason: null,
      },
    ],
    usage: { prompt_tokens: ids.length, total_tokens: ids.length + 1, completion_tokens: 1 },
  };
}
