import { describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '#lib/errors';
import type { AnswerEvent } from '#lib/requests/answer-events';
import { answerEventSchema } from '#lib/requests/answer-events';
import { answerStream } from './answer-stream.ts';

vi.mock('server-only', () => ({}));

async function* events(...texts: (string | Error)[]): AsyncGenerator<AnswerEvent> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield { kind: 'text', text };
  }
}

function stream(given: AsyncGenerator<AnswerEvent>, gone = new AbortController().signal) {
  const onEnd = vi.fn();
  const onLeft = vi.fn();
  return { response: answerStream(given, { gone, onEnd, onLeft }), onEnd, onLeft };
}

const linesOf = async (response: Response) =>
  (await response.text())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => answerEventSchema.parse(JSON.parse(line)));

describe('an answer on its way to the browser', () => {
  it('is one line an event, and nothing between may hold it back or change it', async () => {
    const { response, onEnd } = stream(events('Chest', ' pain'));
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(await linesOf(response)).toEqual([
      { kind: 'text', text: 'Chest' },
      { kind: 'text', text: ' pain' },
    ]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('ends with what went wrong, in the form of every other problem', async () => {
    const failure = new UnavailableError('The round failed.', {
      code: 'round_failed',
      extra: { charged: true, request_id: 'of the router' },
    });
    const { response, onEnd } = stream(events('Chest', failure));
    expect((await linesOf(response)).at(-1)).toMatchObject({
      kind: 'problem',
      problem: { status: 503, code: 'round_failed', detail: 'The round failed.', charged: true },
    });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('tells nobody anything once it was hung up', async () => {
    const { response, onEnd } = stream(events('Chest', new Error('aborted')), AbortSignal.abort());
    expect(await linesOf(response)).toEqual([{ kind: 'text', text: 'Chest' }]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('is hung up when its reader leaves', async () => {
    const endless = (async function* () {
      yield { kind: 'text' as const, text: 'Chest' };
      await new Promise(() => {});
    })();
    const { response, onLeft } = stream(endless);
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect(onLeft).toHaveBeenCalledOnce();
  });
});
