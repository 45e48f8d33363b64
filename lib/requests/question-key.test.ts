import { expect, it } from 'vitest';
import type { Question } from './question.ts';
import { isOutcomeKnown, keyFor, randomKey } from './question-key.ts';

const question: Question = {
  route: 'federated',
  model: 'demo-medllama',
  prompt: 'What is it?',
  purpose: 'clinical-decision-support',
  labels: ['Pneumonia', 'Asthma'],
  epsilon: 0.1,
};

it('keeps the key of a question that is sent again, and of that one only', () => {
  const first = keyFor(null, question, randomKey);
  expect(keyFor(first, { ...question }, randomKey).key).toBe(first.key);
  expect(keyFor(first, { ...question, epsilon: 0.2 }, randomKey).key).not.toBe(first.key);
  expect(keyFor(first, { ...question, labels: ['Asthma', 'Pneumonia'] }, randomKey).key).not.toBe(first.key);
  expect(keyFor(null, question, randomKey).key).not.toBe(first.key);
});

it('makes keys that the console accepts', () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
});

it('gives a key up only when the outcome is known', () => {
  expect(['round_failed', 'epsilon_not_useful', 'idempotency_conflict'].every(isOutcomeKnown)).toBe(true);
  expect(['outcome_unknown', 'request_in_progress', 'internal_error'].some(isOutcomeKnown)).toBe(false);
});
