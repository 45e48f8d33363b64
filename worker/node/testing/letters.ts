import { EMBEDDED, type LocalEngine } from '../engine/engine.ts';
import { likeliestOf } from '../engine/likeliest-of.ts';
import type { Vocabulary } from '../engine/vocabulary.ts';

const PIECES = [
  '<unk>',
  '<s>',
  '</s>',
  '\u2581',
  ...'abcdefghijklmnopqrstuvwxyz0123456789.,-',
  '\u2581t',
  'he',
  '\u2581the',
];

/** For tests: a vocabulary of letters with three merges. */
export const LETTERS: Vocabulary = {
  pieces: PIECES,
  scores: PIECES.map((_, id) => -id),
  kinds: PIECES.map((_, id) => (id < 3 ? 3 : 1)),
  end: 2,
};

const LOG_PROB = -Math.log(PIECES.length);
const nextToken = async () => ({
  logProbs: new Float64Array(PIECES.length).fill(LOG_PROB),
  promptTokens: 1,
});

/** For tests: a model that finds everything equally likely. */
export const letterEngine: LocalEngine = {
  capabilities: { ...EMBEDDED, modelId: 'letters' },
  vocabulary: LETTERS,
  tokenCount: PIECES.length,
  generate: () => Promise.reject(new Error('not asked for')),
  scoreLabels: () => Promise.reject(new Error('not asked for')),
  likeliest: async (_, top) => ({
    ...likeliestOf((await nextToken()).logProbs, LETTERS, top),
    promptTokens: 1,
  }),
  candidateScores: async (_, candidates) => ({
    logProbs: candidates.map(() => LOG_PROB),
    promptTokens: 1,
  }),
  nextToken,
  tokenize: () => [],
  close: async () => {},
};
