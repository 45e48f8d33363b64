import type { Vocabulary } from '../engine/vocabulary.ts';
import type { ShardQuotas } from '../records/quotas.ts';
import { createTokenizer } from './tokenizer.ts';

/**
 * One shard's records as tokens, and where each token stands. A record is `start, its tokens, the end token`; where it
 * begins is known, so that an answer's first word is the first word of what was written about patients alike.
 */
export type TokenIndex = {
  tokens: Uint32Array;
  /** The record each place belongs to: its number in the shard's ShardIndex. */
  recordOf: Uint16Array;
  /** Distinct tokens, ascending; places that follow `heads[i]` lie at `offsets[i]` up to `offsets[i + 1]`, ascending. */
  heads: Uint32Array;
  offsets: Uint32Array;
  places: Uint32Array;
};

/** A record's beginning: a token of no vocabulary, beyond every id that may travel. */
export const START = 0x100_0000;

/** @param texts of the shard's records, in their order and no more than its quota of records. */
export function buildTokenIndex(
  texts: readonly string[],
  vocabulary: Vocabulary,
  quotas: ShardQuotas,
): TokenIndex {
  const tokenize = createTokenizer(vocabulary);
  const tokens: number[] = [];
  const recordOf: number[] = [];
  for (const [record, text] of texts.slice(0, quotas.recordsPerShard).entries()) {
    const own = tokenize(text.slice(0, quotas.charactersPerRecord), quotas.tokensPerRecord);
    if (tokens.length + own.length + 2 > quotas.tokensPerShard) break;
    tokens.push(START, ...own, vocabulary.end);
    for (let at = 0; at < own.length + 2; at += 1) recordOf.push(record);
  }
  return { tokens: Uint32Array.from(tokens), recordOf: Uint16Array.from(recordOf), ...placesByHead(tokens) };
}

export function emptyTokenIndex(): TokenIndex {
  return { tokens: new Uint32Array(0), recordOf: new Uint16Array(0), ...placesByHead([]) };
}

/** Every place but a record's first, by the token before it. */
function placesByHead(tokens: readonly number[]): Pick<TokenIndex, 'heads' | 'offsets' | 'places'> {
  const byHead = new Map<number, number[]>();
  for (let place = 1; place < tokens.length; place += 1) {
    if (tokens[place] === START) continue;
    const head = tokens[place - 1] ?? START;
    const places = byHead.get(head);
    if (places) places.push(place);
    else byHead.set(head, [place]);
  }
  const heads = Uint32Array.from(byHead.keys()).sort();
  const offsets = new Uint32Array(heads.length + 1);
  const places = new Uint32Array([...byHead.values()].reduce((sum, { length }) => sum + length, 0));
  heads.forEach((head, at) => {
    const own = byHead.get(head) ?? [];
    places.set(own, offsets[at]);
    offsets[at + 1] = (offsets[at] ?? 0) + own.length;
  });
  return { heads, offsets, places };
}

/** Where the places after `head` lie in `places`; an empty range when it never occurs. */
export function placesAfter({ heads, offsets }: TokenIndex, head: number): [from: number, to: number] {
  let low = 0;
  let high = heads.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = heads[middle] ?? 0;
    if (value === head) return [offsets[middle] ?? 0, offsets[middle + 1] ?? 0];
    if (value < head) low = middle + 1;
    else high = middle - 1;
  }
  return [0, 0];
}
