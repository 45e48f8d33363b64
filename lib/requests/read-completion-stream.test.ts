import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from './answer-events.ts';
import { readCompletionStream } from './read-completion-stream.ts';

const privacy = {
  route: 'federated',
  mechanism: 'short-answer',
  rho: '0.00106',
  drawn: { tokens: 2, maxTokens: 64, clip: 1, ended: 'end' },
};
const base = { id: 'chatcmpl-1', model: 'demo-medllama' };
const chunk = (delta: object, more: object = {}) =>
  `data: ${JSON.stringify({ ...base, choices: [{ index: 0, delta, finish_reason: null }], ...more })}`;
const OPENING = chunk({ role: 'assistant', content: '' });
const END = chunk({}, { privacy });

async function* sent(lines: readonly string[]) {
  yield* lines;
}

async function read(...lines: string[]): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of readCompletionStream(sent(lines))) events.push(event);
  return events;
}

describe('the router’s stream', () => {
  it('is text as it comes and then the whole answer', async () => {
    expect(
      await read(OPENING, '', chunk({ content: 'Chest' }), '', chunk({ content: ' pain' }), END),
    ).toEqual([
      { kind: 'text', text: 'Chest' },
      { kind: 'text', text: ' pain' },
      {
        kind: 'answer',
        reply: {
          model: 'demo-medllama',
          choices: [{ message: { content: 'Chest pain', refusal: null } }],
          privacy,
        },
      },
    ]);
  });

  it('counts a token that has no text of its own', async () => {
    const events = await read(OPENING, chunk({ content: '' }), chunk({ content: 'é' }), END);
    expect(events.filter(({ kind }) => kind === 'text')).toHaveLength(2);
  });

  it('may say that there is no answer to give', async () => {
    const events = await read(OPENING, chunk({ refusal: 'No label was clear.' }, { privacy }));
    expect(events.at(-1)).toMatchObject({
      reply: { choices: [{ message: { content: null, refusal: 'No label was clear.' } }] },
    });
  });

  it('passes on the error that came in the middle, with what was charged', async () => {
    const error = {
      message: 'The round failed.',
      type: 'service_unavailable',
      code: 'round_failed',
      param: null,
      charged: true,
      requestId: 'r',
      request_id: 'q',
    };
    const failing = read(OPENING, chunk({ content: 'Chest' }), `data: ${JSON.stringify({ error })}`);
    await expect(failing).rejects.toMatchObject({
      status: 503,
      code: 'round_failed',
      extra: { charged: true, requestId: 'r', request_id: 'q' },
    });
  });

  it.each([
    ['without an end', [OPENING, chunk({ content: 'Chest' })]],
    ['without anything', []],
    ['with something that is no JSON', [OPENING, 'data: {']],
    ['with something unexpected', [OPENING, 'data: {"choices": 3}']],
    ['done too soon', [OPENING, 'data: [DONE]']],
  ])('leaves the outcome open when it ends %s', async (_, lines) => {
    await expect(read(...lines)).rejects.toMatchObject({ code: 'outcome_unknown' });
  });
});
