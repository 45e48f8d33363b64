import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRID } from './short-answer.ts';
import { chooseCandidates, KTH_BEST, MAX_CANDIDATES, type PublicScore } from './short-answer-candidates.ts';

const CLIP = { num: 1n, den: 1n };
const EOS = 0;
const vocabulary = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 400 }).chain((ids) =>
  fc
    .array(fc.integer({ min: -20 * GRID, max: 0 }), {
      minLength: ids.length + 1,
      maxLength: ids.length + 1,
    })
    .map((scores) => [EOS, ...ids].map((id, i): PublicScore => ({ id, score: scores[i]! }))),
);
const choose = (scores: readonly PublicScore[], change = {}) =>
  chooseCandidates(scores, { clip: CLIP, eosId: EOS, ...change });

describe('chooseCandidates', () => {
  it('takes what is within 2C of the k-th best, at most 128, and always the end', () => {
    fc.assert(
      fc.property(vocabulary, (scores) => {
        const chosen = choose(scores);
        const ranked = scores.toSorted((a, b) => b.score - a.score || a.id - b.id);
        const kth = ranked[Math.min(KTH_BEST, ranked.length) - 1]!.score;
        const within = ranked.filter(({ score }) => score >= kth - 2 * GRID);
        expect(chosen.length).toBeLessThanOrEqual(MAX_CANDIDATES);
        expect(chosen.some(({ id }) => id === EOS)).toBe(true);
        const others = chosen.filter(({ id }) => id !== EOS);
        expect(others).toEqual(within.filter(({ id }) => id !== EOS).slice(0, others.length));
        if (within.length < MAX_CANDIDATES)
          expect(others.length).toBe(within.filter(({ id }) => id !== EOS).length);
      }),
    );
  });

  it('does not depend on the order it is given', () => {
    fc.assert(
      fc.property(vocabulary, (scores) => {
        expect(choose(scores.toReversed())).toEqual(choose(scores));
      }),
    );
  });

  it('leaves out only what no shards could have lifted among the best k', () => {
    const scores = Array.from({ length: 60 }, (_, i) => ({ id: i, score: -i * 700 }));
    const chosen = new Set(choose(scores, { k: 5 }).map(({ id }) => id));
    const raised = scores.filter(({ id }) => !chosen.has(id)).map(({ score }) => score + GRID);
    const lowered = scores.map(({ score }) => score - GRID).sort((a, b) => b - a);
    for (const best of raised) expect(best).toBeLessThan(lowered[4]!);
  });

  it('keeps the cap, with the end in its last place', () => {
    const scores = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, score: -1 }));
    const chosen = choose([...scores, { id: EOS, score: -1_000_000 }]);
    expect(chosen.length).toBe(MAX_CANDIDATES);
    expect(chosen.at(-1)?.id).toBe(EOS);
    expect(chosen.slice(0, -1).map(({ id }) => id)).toEqual(Array.from({ length: 127 }, (_, i) => i + 1));
  });

  it('refuses what it cannot choose from', () => {
    expect(() => choose([{ id: 4, score: -1 }])).toThrow(/^publicScores/);
    expect(() => choose([{ id: EOS, score: -0.5 }])).toThrow(/^publicScores/);
    expect(() =>
      choose([
        { id: EOS, score: -1 },
        { id: EOS, score: -1 },
      ]),
    ).toThrow(/^publicScores/);
    expect(() => choose([{ id: EOS, score: -1 }], { k: 0 })).toThrow(/^k /);
    expect(() => choose([{ id: EOS, score: -1 }], { max: 0 })).toThrow(/^max/);
    expect(() => choose([{ id: EOS, score: -1 }], { clip: { num: 0n, den: 1n } })).toThrow(/^clip/);
  });
});
