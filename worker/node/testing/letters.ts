import type { Engine } from '../engine/engine.ts';
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

/** For tests: a model that finds everything equally likely. */
export const letterEngine: Engine = {
  capabilities: { modelId: 'letters', exactScores: true, batchInvariant: true },
  vocabulary: LETTERS,
  generate: () => Promise.reject(new Error('not asked for')),
  scoreLabels: () => Promise.reject(new Error('not asked for')),
  nextToken: async () => ({
    logProbs: new Float64Array(PIECES.length).fill(-Math.log(PIECES.length)),
    promptTokens: 1,
  }),
  tokenize: () => [],
  close: async () => {},
};
