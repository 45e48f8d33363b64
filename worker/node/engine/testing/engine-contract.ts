import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, NotExactError } from '../engine.ts';
import { isBatchInvariant } from '../server/is-batch-invariant.ts';

const QUESTION = { prompt: 'What are the symptoms of asthma?', prefix: [] as number[], maxTokens: 32 };
const LABELS = ['Asthma', 'Migraine', 'Acute myocardial infarction'];
/** What one request may name. */
const AT_ONCE = 128;

/**
 * What every engine that is used for answers must keep to; run against the engines in this process, against fakes of
 * servers, and against servers that run.
 * @param tokens of the vocabulary, where the engine does not say.
 */
export function engineContract(
  name: string,
  open: () => Promise<Engine>,
  { tokens }: { tokens?: number } = {},
) {
  describe(`${name} keeps the contract`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    }, 120_000);
    afterAll(() => engine.close());
    const known = () => Math.min(tokens ?? engine.tokenCount, engine.tokenCount);
    const exact = () => engine.capabilities.exactScores;
    const score = async (candidates: readonly number[], answer = QUESTION) =>
      (await engine.candidateScores(answer, candidates)).logProbs;

    test('the scores of all tokens are log-probabilities that sum to one', async ({ skip }) => {
      if (!exact()) skip('it gives no exact scores');
      let sum = 0;
      for (let from = 0; from < known(); from += AT_ONCE) {
        const ids = Array.from({ length: Math.min(AT_ONCE, known() - from) }, (_, at) => from + at);
        for (const logProb of await score(ids)) {
          expect(logProb).toBeLessThanOrEqual(1e-6);
          sum += Math.exp(logProb);
        }
      }
      expect(sum).toBeCloseTo(1, 3);
    }, 120_000);

    test('scores come in the order of the candidates, the same bits each time', async ({ skip }) => {
      if (!exact()) skip('it gives no exact scores');
      const ids = Array.from({ length: 40 }, (_, at) => known() - 41 + at);
      const forwards = await score(ids);
      expect(new Set(forwards).size).toBeGreaterThan(20);
      expect(await score(ids)).toEqual(forwards);
      expect((await score(ids.toReversed())).toReversed()).toEqual(forwards);
    });

    test('what was said changes what comes next, and is no part of the prompt', async ({ skip }) => {
      if (!exact()) skip('it gives no exact scores');
      const ids = Array.from({ length: 30 }, (_, at) => known() - 31 + at);
      const before = await engine.candidateScores(QUESTION, ids);
      const after = await engine.candidateScores({ ...QUESTION, prefix: ids.slice(0, 4) }, ids);
      expect(after.promptTokens).toBe(before.promptTokens);
      expect(after.logProbs).not.toEqual(before.logProbs);
    });

    test('a token it does not know is refused, and the engine goes on', async ({ skip }) => {
      if (!exact()) skip('it gives no exact scores');
      const unknown = engine.tokenCount;
      await expect(score([1, unknown])).rejects.toThrow(/is no token of this model/);
      await expect(score([1, 2], { ...QUESTION, prefix: [unknown] })).rejects.toThrow(
        /is no token of this model/,
      );
      await expect(score([1, -1])).rejects.toThrow(/is no token of this model/);
      expect(await score([known() - 1])).toHaveLength(1);
    });

    test('the likeliest tokens may be said, come in order, and the end token is named', async ({ skip }) => {
      if (!exact()) skip('it gives no exact scores');
      const { candidates, end, promptTokens } = await engine.likeliest(QUESTION, 32);
      expect(candidates.length).toBeGreaterThan(16);
      expect(candidates.length).toBeLessThanOrEqual(32);
      expect(promptTokens).toBeGreaterThan(4);
      for (const { id, text } of candidates) expect(text === '').toBe(id === end.id);
      expect(candidates.map(({ logProb }) => logProb)).toEqual(
        candidates.map(({ logProb }) => logProb).toSorted((a, b) => b - a),
      );
      const ids = [...candidates.map(({ id }) => id), end.id];
      expect(await score(ids)).toEqual([...candidates.map(({ logProb }) => logProb), end.logProb]);
    });

    test('a score is the same to the bit beside other prompts, or none serves an answer', async ({
      skip,
    }) => {
      if (!engine.capabilities.batchInvariant) skip('it is not said to be so');
      expect(await isBatchInvariant(engine)).toBe(true);
    }, 120_000);

    test('an engine without exact scores says none', async ({ skip }) => {
      if (exact()) skip('it gives exact scores');
      await expect(score([65, 66])).rejects.toThrow(NotExactError);
      await expect(engine.likeliest(QUESTION, 8)).rejects.toThrow(NotExactError);
    });

    test('every label has a score, the same each time', async () => {
      const first = await engine.scoreLabels({ prompt: QUESTION.prompt }, LABELS);
      expect(first.scores).toHaveLength(LABELS.length);
      expect(first.scores.some(Number.isFinite)).toBe(true);
      expect(first.promptTokens).toBeGreaterThan(4);
      expect(await engine.scoreLabels({ prompt: QUESTION.prompt }, LABELS)).toEqual(first);
    });

    test('it writes no more than it may', async () => {
      const { completionTokens, finishReason } = await engine.generate(QUESTION.prompt, 3);
      expect(completionTokens).toBeLessThanOrEqual(3);
      expect(['stop', 'length']).toContain(finishReason);
    }, 120_000);

    test.each(['\u0000', '\ud800', '<s></s>', '\u0301'.repeat(64), 'word '.repeat(5_000)])(
      'any prompt can be read (%#)',
      async (prompt) => {
        const { scores } = await engine.scoreLabels({ prompt }, LABELS);
        expect(scores).toHaveLength(LABELS.length);
      },
    );
  });
}
