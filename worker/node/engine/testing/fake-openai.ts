import { fakeLogProbs, fakeRanked, fakeTokenize } from './fake-model.ts';
import type { Reply } from './fake-server.ts';

/** A chat server of the OpenAI API, per its public reference of /v1/chat/completions: 20 scores at most. */
export const fakeOpenai =
  (scores = true): Reply =>
  ({ path, body }) => {
    if (path === '/v1/models') return { object: 'list', data: [{ id: 'fake', object: 'model' }] };
    if (path !== '/v1/chat/completions') return undefined;
    const [message] = body.messages as { content: string }[];
    const ids = fakeTokenize(message!.content);
    // A chat model that follows: a letter from the choices, the others behind it.
    const letters = fakeRanked(fakeLogProbs(ids)).filter(({ text }) => /^[A-H]$/.test(text));
    const top_logprobs = letters.map(({ text, logProb }) => ({ token: text, logprob: logProb, bytes: null }));
    const token = top_logprobs[0]!;
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 0,
      model: 'fake',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: token.token, refusal: null },
          logprobs: scores && body.logprobs ? { content: [{ ...token, top_logprobs }], refusal: null } : null,
          finish_reason: 'length',
        },
      ],
      usage: { prompt_tokens: ids.length, completion_tokens: 1, total_tokens: ids.length + 1 },
    };
  };
