import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ShortAnswerQuestion } from '#lib/requests/question';
import { drawAnswer, LEFT } from './draw-answer.ts';

const question: ShortAnswerQuestion = {
  route: 'federated',
  mechanism: 'short-answer',
  model: 'demo-medllama',
  prompt: 'What is it?',
  purpose: 'clinical-decision-support',
  epsilon: 0.5,
  maxTokens: 64,
};
const reply = {
  model: 'demo-medllama',
  choices: [{ message: { content: 'Chest pain', refusal: null } }],
  privacy: { route: 'federated', rho: '0.0001' },
};
const KEY = 'a'.repeat(32);
const line = (event: object) => `${JSON.stringify(event)}\n`;
const TEXT = line({ kind: 'text', text: 'Chest' });
const END = line({ kind: 'answer', reply });

afterEach(() => vi.unstubAllGlobals());

/** The console, which gives these replies one after the other and remembers what it was asked with. */
function consoleThatGives(...replies: ((signal: AbortSignal | null) => Response)[]) {
  const keys: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    keys.push(new Headers(init.headers).get('idempotency-key'));
    return replies.shift()!(init.signal ?? null);
  });
  return keys;
}

/** A stream that stays open after its text, until the reader hangs up. */
const openAfter = (text: string) => (signal: AbortSignal | null) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    }),
  );

async function draw(stop = new AbortController()) {
  const texts: string[] = [];
  const onText = (text: string) => {
    texts.push(text);
    if (texts.length === 1 && stopsAtOnce.has(stop)) stop.abort(leaves.has(stop) ? LEFT : undefined);
  };
  const result = await drawAnswer(question, KEY, { onText, stop: stop.signal }).catch((error) => error);
  return { texts, result };
}
const stopsAtOnce = new WeakSet<AbortController>();
const leaves = new WeakSet<AbortController>();

describe('an answer that is drawn', () => {
  it('is passed on token by token and comes whole at the end', async () => {
    const keys = consoleThatGives(
      () => new Response(`${TEXT}${line({ kind: 'text', text: ' pain' })}${END}`),
    );
    expect(await draw()).toEqual({ texts: ['Chest', ' pain'], result: reply });
    expect(keys).toEqual([KEY]);
  });

  it('that is stopped is asked for again with the same key: only the part is there', async () => {
    const stop = new AbortController();
    stopsAtOnce.add(stop);
    const keys = consoleThatGives(openAfter(TEXT), () => new Response(`${TEXT}${END}`));
    expect(await draw(stop)).toEqual({ texts: ['Chest'], result: reply });
    expect(keys).toEqual([KEY, KEY]);
  });

  it('that is left is hung up and not asked for again: nobody is there to see it', async () => {
    const stop = new AbortController();
    stopsAtOnce.add(stop);
    leaves.add(stop);
    const keys = consoleThatGives(openAfter(TEXT));
    expect((await draw(stop)).result).toMatchObject({ problem: { code: 'outcome_unknown' } });
    expect(keys).toEqual([KEY]);
  });

  it('whose connection breaks is not asked for again by itself', async () => {
    const keys = consoleThatGives(() => new Response(`${TEXT}{"kind":"ans`));
    expect((await draw()).result).toMatchObject({ problem: { code: 'outcome_unknown', status: 0 } });
    expect(keys).toEqual([KEY]);
  });

  it.each([
    ['in the middle', () => new Response(TEXT + line({ kind: 'problem', problem: PROBLEM }))],
    ['before the first token', () => Response.json(PROBLEM, { status: 503 })],
  ])('that fails says how: %s', async (_, failing) => {
    consoleThatGives(failing);
    expect((await draw()).result).toMatchObject({ problem: { code: 'round_failed', charged: true } });
  });

  it.each([
    ['something unexpected', () => new Response('{"kind":"other"}\n')],
    ['no JSON', () => new Response('<html>\n', { status: 502 })],
  ])('of which comes %s leaves its outcome open', async (_, strange) => {
    consoleThatGives(strange);
    expect((await draw()).result).toMatchObject({ problem: { code: 'outcome_unknown' } });
  });
});

const PROBLEM = { status: 503, code: 'round_failed', detail: 'The round failed.', charged: true };
