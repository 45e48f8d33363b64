import type { LocalEngine } from '../node/engine/engine.ts';
import { WORDS } from './answer-records.ts';

const END = '</s>';
const SPACE = '\u2581';
/** The end, and each word with what it is merged from letter by letter. */
const PIECES = [
  END,
  ...WORDS.flatMap((word) => [...word].map((_, at) => SPACE + word.slice(0, at + 1))),
  ...new Set(WORDS.flatMap((word) => [...word, SPACE])),
];
const CONTROL = 3;
const NORMAL = 1;
const LONG_SHOT = Math.log(1e-9);

/**
 * A public model that says one of the two words at every place, both as likely: with it each token of an answer shows
 * as much of the audited patient as the first. The demo model is too sure of how its sentences go on.
 */
export const twoWordEngine: Pick<LocalEngine, 'vocabulary' | 'nextToken'> = {
  vocabulary: {
    pieces: PIECES,
    scores: PIECES.map(({ length }) => length),
    kinds: PIECES.map((piece) => (piece === END ? CONTROL : NORMAL)),
    end: PIECES.indexOf(END),
  },
  nextToken: async () => ({
    logProbs: Float64Array.from(PIECES, (piece) =>
      WORDS.some((word) => piece === SPACE + word) ? -Math.LN2 : LONG_SHOT,
    ),
    promptTokens: 1,
  }),
};
