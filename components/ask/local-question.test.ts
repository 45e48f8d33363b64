import { describe, expect, test } from 'vitest';
import { askLocally, LocalProblem, type LocalQuestion } from './local-question.ts';

const NODE = { hospital: 'Harbour', url: 'http://127.0.0.1:3010/v1' };
const KEY = 'fdlr_local_secret';
const QUESTION: LocalQuestion = {
  model: 'demo-medllama',
  prompt: 'zebra cough',
  purpose: 'care',
  labels: ['Migraine', 'Pneumonia'],
  maxTokens: 20,
};
const REPLY = {
  model: 'demo-medllama:local',
  choices: [{ message: { content: '"Pneumonia"', refusal: null } }],
  privacy: { route: 'local', hospital: 'Harbour', votes: { Migraine: 1, Pneumonia: 3 } },
};

/** A network that answers so, and remembers everything that was sent into it. */
function network(status: number, body: unknown) {
  const sent: { url: string; options: RequestInit }[] = [];
  const send = async (url: string | URL | Request, options: RequestInit = {}) => {
    sent.push({ url: String(url), options });
    return new Response(JSON.stringify(body), { status });
  };
  return { sent, send: send as typeof fetch };
}

describe('a local question', () => {
  test('is sent to the node alone, once, with the key of that node and no cookie', async () => {
    const { sent, send } = network(200, REPLY);
    expect(await askLocally(NODE, KEY, QUESTION, send)).toEqual(REPLY);
    expect(sent.map(({ url }) => url)).toEqual([`${NODE.url}/chat/completions`]);
    expect(sent[0]?.options).toMatchObject({
      headers: { authorization: `Bearer ${KEY}` },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    expect(JSON.parse(String(sent[0]?.options.body))).toMatchObject({
      model: 'demo-medllama:local',
      messages: [{ role: 'user', content: 'zebra cough' }],
      response_format: { json_schema: { schema: { enum: ['Migraine', 'Pneumonia'] } } },
      privacy: { route: 'local', purpose: 'care' },
    });
  });

  test('without labels asks for text of a length', async () => {
    const { sent, send } = network(200, REPLY);
    await askLocally(NODE, KEY, { ...QUESTION, labels: [] }, send);
    expect(JSON.parse(String(sent[0]?.options.body))).toMatchObject({ privacy: { maxTokens: 20 } });
  });

  test.each([
    ['a key that the node does not know', network(401, { error: { code: 'x', message: 'no' } }), 'key'],
    ['a refusal', network(429, { error: { code: 'rate_limited', message: 'At most 30.' } }), 'refused'],
    ['something else that listens there', network(200, { hello: 'world' }), 'unreachable'],
  ])('%s is told apart', async (_, { send }, kind) => {
    await expect(askLocally(NODE, KEY, QUESTION, send)).rejects.toMatchObject({ kind });
  });

  test('a node that is not there is told, and nobody else is asked instead', async () => {
    let tries = 0;
    const send = (async () => {
      tries += 1;
      throw new TypeError('Failed to fetch');
    }) as typeof fetch;
    await expect(askLocally(NODE, KEY, QUESTION, send)).rejects.toBeInstanceOf(LocalProblem);
    expect(tries).toBe(1);
  });
});
