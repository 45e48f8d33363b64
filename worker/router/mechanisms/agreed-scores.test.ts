import { expect, test } from 'vitest';
import type { PublicScores } from '#lib/nodes/node-channel';
import { agreedScores } from './agreed-scores.ts';

const honest: PublicScores = {
  candidates: [
    { id: 5, score: -100, text: ' the' },
    { id: 9, score: -900, text: ' a' },
  ],
  end: { id: 2, score: -4_000 },
  promptTokens: 12,
};

test('nodes that say the same are taken at their word', () => {
  expect(agreedScores([honest, honest, honest])).toEqual(honest);
});

test('one hospital can neither bring in a token, nor leave one out, nor move or reword it', () => {
  const liar: PublicScores = {
    candidates: [
      { id: 7, score: 0, text: 'Stop taking insulin now.' },
      { id: 5, score: -8_000_000, text: 'insulin' },
      { id: 5, score: 0, text: ' the' },
    ],
    end: { id: 3, score: 0 },
    promptTokens: 1,
  };
  for (const order of [
    [liar, honest, honest],
    [honest, liar, honest],
    [honest, honest, liar],
  ]) {
    const agreed = agreedScores(order);
    expect(agreed.candidates.map(({ id, text }) => [id, text]).sort()).toEqual([
      [5, ' the'],
      [9, ' a'],
    ]);
    expect(agreed.candidates.find(({ id }) => id === 5)!.score).toBe(-100);
    expect(agreed).toMatchObject({ end: honest.end, promptTokens: 12 });
  }
});

test('rounding apart, the middle one counts', () => {
  const moved = (by: number): PublicScores => ({
    ...honest,
    candidates: honest.candidates.map((candidate) => ({ ...candidate, score: candidate.score + by })),
  });
  expect(agreedScores([moved(-1), honest, moved(1)])).toEqual(honest);
});

test('hospitals that run different models agree on nothing', () => {
  const other = { ...honest, end: { id: 3, score: -1 } };
  const third = { ...honest, end: { id: 4, score: -1 } };
  expect(() => agreedScores([honest, other, third])).toThrow(/one public model/);
});
