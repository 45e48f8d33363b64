import type { Vocabulary } from '../engine/vocabulary.ts';

/** A longer run without a space is cut into words of this many characters: merging is quadratic in a word. */
const CHARACTERS_PER_WORD = 48;
const SPACE = '\u2581';

export type Tokenizer = (text: string, mostTokens: number) => number[];

/**
 * The model's own SentencePiece tokens of a record, in plain code: a native library must not read records, because a
 * fault in it ends the whole process and not one shard. No piece of our vocabularies spans a space, so words are
 * merged one by one and remembered. One tokenizer per shard: what it remembers never serves another.
 */
export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const ids = new Map(vocabulary.pieces.map((piece, id) => [piece, id]));
  const known = new Map<string, readonly number[]>();
  return (text, mostTokens) => {
    const tokens: number[] = [];
    for (const word of words(text)) {
      let merged = known.get(word);
      if (!merged) {
        merged = mergeWord(word, ids, vocabulary.scores);
        known.set(word, merged);
      }
      for (const id of merged) {
        if (tokens.length >= mostTokens) return tokens;
        tokens.push(id);
      }
    }
    return tokens;
  };
}

/** The text's words, each with its leading space; a run of white space, line ends too, counts as one space. */
function* words(text: string): Generator<string> {
  for (const [word] of text.matchAll(/\S+/gu)) {
    for (let at = 0; at < word.length; at += CHARACTERS_PER_WORD) {
      yield (at === 0 ? SPACE : '') + word.slice(at, at + CHARACTERS_PER_WORD);
    }
  }
}

/** SentencePiece BPE (Kudo and Richardson 2018): of all neighbours that form a piece the best is merged first. */
function mergeWord(word: string, ids: ReadonlyMap<string, number>, scores: readonly number[]): number[] {
  const parts = [...word];
  for (;;) {
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const id = ids.get(`${parts[at]}${parts[at + 1]}`);
      const score = id === undefined ? Number.NEGATIVE_INFINITY : (scores[id] ?? Number.NEGATIVE_INFINITY);
      if (score > bestScore) [best, bestScore] = [at, score];
    }
    if (best < 0) break;
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
  return parts.flatMap((part) => {
    const id = ids.get(part);
    return id === undefined ? bytesOf(part, ids) : [id];
  });
}

/** What has no piece is said byte by byte. */
function bytesOf(part: string, ids: ReadonlyMap<string, number>): number[] {
  return [...Buffer.from(part, 'utf8')].flatMap(
    (byte) => ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`) ?? [],
  );
}
