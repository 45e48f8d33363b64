import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateHeldOutCases } from '../../../prisma/seed/records/index.ts';
import { createTokenizer } from '../next-token/tokenizer.ts';
import type { Engine } from './engine.ts';
import { loadLlamaEngine } from './llama-engine.ts';
import { CONTEXT_TOKENS } from './prompt-tokens.ts';
import { maySay, textOf } from './vocabulary.ts';

const PROMPT = 'What are the symptoms of asthma?';
let engine: Engine;
beforeAll(async () => {
  engine = await loadLlamaEngine();
});
afterAll(() => engine.close());

const next = (prefix: number[], prompt = PROMPT, maxTokens = 64) =>
  engine.nextToken({ prompt, prefix, maxTokens });

describe('next-token scores', () => {
  test('are log-probabilities over the whole vocabulary', async () => {
    const { logProbs, promptTokens } = await next([]);
    expect(logProbs).toHaveLength(4_096);
    expect(logProbs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 4);
    expect(promptTokens).toBe(engine.tokenize(`Question: ${PROMPT}\nAnswer:`).length + 1);
  });

  test('are the same bits whatever was asked before, beside it, or is kept from before', async () => {
    const prefix = engine.tokenize('The symptoms of asthma');
    const alone = Float64Array.from((await next(prefix)).logProbs);
    const others = Array.from({ length: 20 }, (_, at) =>
      next([], `Question number ${at}, of another length: ${'x '.repeat(at)}`),
    );
    const writing = engine.generate('What is asthma?', 40);
    // Grown token by token, all of its contexts taken over in between, and at once.
    for (let length = 0; length <= prefix.length; length += 1) await next(prefix.slice(0, length));
    const beside = await next(prefix);
    await Promise.all([...others, writing]);
    const afterwards = await next(prefix);
    expect(beside.logProbs).toEqual(alone);
    expect(afterwards.logProbs).toEqual(alone);
  });

  test('do not wait for a text that is being written', async () => {
    const order: string[] = [];
    const writing = engine.generate('What is diabetes?', 100).then(() => order.push('text'));
    await next([], 'What is a stroke?').then(() => order.push('scores'));
    await writing;
    expect(order).toEqual(['scores', 'text']);
  });

  test('a prompt is cut to what fits beside the answer, its end kept', async () => {
    const long = `${'word '.repeat(5_000)}${PROMPT}`;
    for (const maxTokens of [1, 64, 160]) {
      const { promptTokens } = await next([], long, maxTokens);
      expect(promptTokens).toBe(CONTEXT_TOKENS - maxTokens);
    }
    const other = await next([], `${'noise '.repeat(5_000)}${PROMPT}`, 160);
    expect(other.logProbs).not.toEqual((await next([], 'word', 160)).logProbs);
    const full = Array.from({ length: 159 }, () => 300);
    expect((await next(full, long, 160)).promptTokens).toBe(CONTEXT_TOKENS - 160);
  });

  test('what is no token of the model is an error, and the engine goes on', async () => {
    await expect(next([4_096])).rejects.toThrow(/prefix: 4096 is no token/);
    await expect(next(new Array(300).fill(300))).rejects.toThrow(/longer than the room/);
    expect((await next([])).logProbs).toHaveLength(4_096);
  });

  test.each(['\u0000', '\ud800', '<s></s><|doc|>', '🩺'.repeat(3_000), '\u0301'.repeat(8_000)])(
    'any prompt can be read (%#)',
    async (prompt) => {
      expect((await next([], prompt)).logProbs).toHaveLength(4_096);
    },
  );
});

describe('the vocabulary', () => {
  test('lets ordinary text and the end be said, no control token and no single byte', () => {
    const { vocabulary } = engine;
    const said = vocabulary.pieces.filter((_, id) => maySay(vocabulary, id));
    expect(said).toContain('</s>');
    expect(said).toContain('▁the');
    for (const piece of ['<unk>', '<s>', '<|doc|>', '<0x0A>']) expect(said).not.toContain(piece);
    expect(textOf(vocabulary, vocabulary.pieces.indexOf('▁the'))).toBe(' the');
    expect(textOf(vocabulary, vocabulary.end)).toBe('');
  });

  test("our tokenizer of records gives the model's own tokens", () => {
    const tokenize = createTokenizer(engine.vocabulary);
    const texts = generateHeldOutCases({ seed: 'tokens', count: 200 }).map(({ text }) => text);
    for (const text of [...texts, '58-year-old µg ≥ 3', 'Ωmega naïve 𝒳', 'a', "isn't"]) {
      expect(tokenize(text, 10_000), text).toEqual(engine.tokenize(text));
    }
  });
});

test('labels are scored by how likely they follow', async () => {
  const { scores, promptTokens } = await engine.scoreLabels(
    'Question: What is asthma?\nAnswer: Asthma is a',
    ['disease', 'qqxzzv'],
  );
  expect(scores[0]!).toBeGreaterThan(scores[1]!);
  expect(promptTokens).toBeGreaterThan(10);
});
