import {
  FAKE_END,
  FAKE_TOKENS,
  fakeLogits,
  fakeLogProbs,
  fakeRanked,
  fakeText,
  fakeTokenize,
} from './fake-model.ts';
import { type Faults, jitterOf, type Reply } from './fake-server.ts';

/**
 * llama.cpp's server, written from its release v0.4.0 (commit 80fb11a, the bundle in node-llama-cpp 3.21.1):
 * tools/server/server-task.cpp `to_json_non_oaicompat` and `probs_vector_to_json`, server-common.cpp `tokenize_mixed`
 * and `get_token_probabilities`, server-context.cpp `get_props`, `get_res_model_info` and `post_tokenize`.
 */
export const fakeLlamaServer =
  (slots = 1): Reply =>
  ({ path, body }, faults) => {
    if (path === '/props') {
      return {
        default_generation_settings: { n_ctx: 512, params: { n_predict: -1 } },
        total_slots: slots,
        model_path: 'fake.gguf',
        bos_token: '<s>',
        eos_token: '</s>',
        build_info: 'b1-80fb11a',
      };
    }
    if (path === '/v1/models') {
      const meta = { vocab_type: 1, n_vocab: FAKE_TOKENS, n_ctx: 512, n_ctx_train: 512 };
      return { object: 'list', data: [{ id: 'fake', object: 'model', owned_by: 'llamacpp', meta }] };
    }
    if (path === '/tokenize') return { tokens: fakeTokenize(String(body.content)) };
    return path === '/completion' ? completion(body, faults) : undefined;
  };

function completion(body: Record<string, unknown>, faults: Faults & { beside: number }) {
  const ids = [body.prompt]
    .flat()
    .flatMap((part) => (typeof part === 'number' ? [part] : fakeTokenize(String(part))));
  const wanted = Number(body.n_probs ?? 0);
  const ranked = fakeRanked(faults.logits ? fakeLogits(ids) : fakeLogProbs(ids, jitterOf(faults)));
  // Without a bias the likeliest token is said; after half a letter there are no probabilities.
  const forced = (body.logit_bias as [number, number][] | undefined)?.[0]?.[0];
  const said = forced ?? ranked[0]!.id;
  const token = { id: said, token: fakeText(said), bytes: [], logprob: -1 };
  const named = ranked.slice(0, faults.cutOff ? 40 : wanted);
  return {
    index: 0,
    content: said === FAKE_END ? '' : fakeText(said),
    tokens: [],
    id_slot: 0,
    stop: true,
    model: 'fake',
    tokens_predicted: Math.min(3, Number(body.n_predict)),
    tokens_evaluated: ids.length,
    generation_settings: {},
    prompt: '',
    has_new_line: false,
    truncated: false,
    stop_type: 'limit',
    stopping_word: '',
    tokens_cached: 0,
    timings: {},
    ...(wanted > 0 &&
      fakeText(said) !== '\uFFFD' && {
        completion_probabilities: [
          {
            ...token,
            top_logprobs: named.map(({ id, text, logProb }) => ({
              id,
              token: text,
              bytes: [],
              logprob: logProb,
            })),
          },
        ],
      }),
  };
}
