import { beforeEach, describe, expect, it } from 'vitest';
import { type KeyStore, keysInMemory, storedKeys } from './key-store.ts';
import { isOutcomeKnown } from './outcome.ts';
import type { Question } from './question.ts';
import { giveUpKey, keyFor, randomKey } from './question-key.ts';

const question: Question = {
  route: 'federated',
  mechanism: 'vote',
  model: 'demo-medllama',
  prompt: 'What is it?',
  purpose: 'clinical-decision-support',
  labels: ['Pneumonia', 'Asthma'],
  epsilon: 0.1,
};
const another: Question = { ...question, prompt: 'What else is it?' };

/** What a tab keeps over loads of its page. */
function tabStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

let tab: ReturnType<typeof tabStorage>;
beforeEach(() => {
  tab = tabStorage();
});
const ask = (store: KeyStore, asked: Question) => keyFor(store, asked, randomKey);

it('makes keys that the console accepts', () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
});

it('stores neither the question nor anything that holds its words', async () => {
  await ask(storedKeys(tab), question);
  const stored = JSON.stringify([...tab.items]);
  expect(tab.items.size).toBe(1);
  expect(stored).not.toContain('What');
  expect(stored).not.toContain('Pneumonia');
});

describe('an open question keeps its key', () => {
  it('when the page is left and opened again, or loaded anew', async () => {
    const { key } = await ask(storedKeys(tab), question);
    expect(await ask(storedKeys(tab), { ...question })).toEqual({ key, retry: true });
  });

  it('when the session ends in between', async () => {
    const store = storedKeys(tab);
    const { key } = await ask(store, question);
    for (const code of ['unauthenticated', 'session_ended', 'invalid_token']) {
      if (isOutcomeKnown({ status: 401, code })) await giveUpKey(store, question);
    }
    expect((await ask(store, question)).key).toBe(key);
  });

  it('when another question is asked and answered in between', async () => {
    const store = storedKeys(tab);
    const { key } = await ask(store, question);
    expect((await ask(store, another)).key).not.toBe(key);
    await giveUpKey(store, another);
    expect((await ask(store, question)).key).toBe(key);
  });
});

it.each([
  ['a known outcome', question],
  ['another epsilon', { ...question, epsilon: 0.2 }],
  ['another order of labels', { ...question, labels: ['Asthma', 'Pneumonia'] }],
])('is a new question with a new key: %s', async (what, next) => {
  for (const store of [storedKeys(tab), keysInMemory()]) {
    const first = await ask(store, question);
    if (what === 'a known outcome') await giveUpKey(store, question);
    const second = await ask(store, next);
    expect(second.key).not.toBe(first.key);
    expect(second.retry).toBe(false);
  }
});
