/** What a token is, as GGUF numbers it. */
const NORMAL = 1;
const BYTE = 6;

/** A SentencePiece vocabulary: plain data, so that it can be handed to another thread. */
export type Vocabulary = {
  /** Token id to its piece; U+2581 stands for a space. */
  pieces: readonly string[];
  /** Token id to its score: of two merges the higher one is made first. */
  scores: readonly number[];
  /** Token id to its kind, as GGUF numbers them: 1 is ordinary text, 6 a byte, others are control tokens. */
  kinds: readonly number[];
  /** The token that ends an answer. */
  end: number;
};

/**
 * Whether a token may be said in an answer: ordinary text and the end token. Control tokens mean nothing to a reader,
 * and a byte alone may be half a letter. A public rule, the same for every question.
 */
export function maySay(vocabulary: Vocabulary, id: number): boolean {
  return id === vocabulary.end || vocabulary.kinds[id] === NORMAL;
}

export function isByte(vocabulary: Vocabulary, id: number): boolean {
  return vocabulary.kinds[id] === BYTE;
}

/** What a token adds to the text, with its leading space; nothing for the end token and control tokens. */
export function textOf(vocabulary: Vocabulary, id: number): string {
  return vocabulary.kinds[id] === NORMAL ? (vocabulary.pieces[id] ?? '').replaceAll('\u2581', ' ') : '';
}
