import { fakeLogits, fakeLogProbs, fakeRanked, fakeText, fakeTokenize, type Scored } from './fake-model.ts';
import { jitterOf, type Reply } from './fake-server.ts';

/**
 * SGLang's own server: /tokenize from python/sglang/srt/entrypoints/openai/serving_tokenize.py (commit 0351c1f), the
 * triples [log-probability, id, text or null] from `detokenize_logprob_tokens` of its tokenizer manager; the names of
 * /generate's fields, `extra_key` among them, per reference notes.
 */
export const fakeSglang: Reply = ({ path, body }, faults) => {
  if (path === '/get_model_info') return { model_path: 'fake', is_generation: true };
  if (path === '/get_server_info') return { version: '0.5.9' };
  if (path === '/tokenize') {
    const tokens = fakeTokenize(String(body.prompt));
    return { tokens, count: tokens.length, max_model_len: 512 };
  }
  if (path !== '/generate') return undefined;
  const ids = (body.input_ids as number[] | undefined) ?? fakeTokenize(String(body.text));
  const values = faults.logits ? fakeLogits(ids) : fakeLogProbs(ids, jitterOf(faults));
  const ranked = fakeRanked(values);
  const triple = ({ logProb, id, text }: Scored) => [logProb, id, body.return_text_in_logprobs ? text : null];
  const listed = (body.token_ids_logprob as number[] | undefined) ?? [];
  const named = listed.flatMap((id) => {
    const logProb = values[id];
    return logProb === undefined ? [] : [triple({ id, logProb, text: fakeText(id) })];
  });
  return {
    text: ranked[0]!.text,
    output_ids: [ranked[0]!.id],
    meta_info: {
      id: '1',
      finish_reason: { type: 'length', length: 1 },
      prompt_tokens: ids.length,
      completion_tokens: 1,
      cached_tokens: 0,
      output_token_logprobs: [triple(ranked[0]!)],
      output_top_logprobs: [ranked.slice(0, Number(body.top_logprobs_num ?? 0)).map(triple)],
      ...(listed.length > 0 && { output_token_ids_logprobs: [faults.cutOff ? named.slice(1) : named] }),
    },
  };
};
