import { placesAfter, type TokenIndex } from './token-index.ts';

/**
 * Constants of the nearest-neighbour distribution (kNN-LM, Khandelwal et al., ICLR 2020), public and the same for every
 * shard. Measured on 60 held-out notes about patients alike, C = 1, 64 shards: the model alone needs 4.93 nats a token,
 * the average of the shards 3.63. A key of one token 3.92, of two 3.87 (at lambda 0.5, where four have 3.84); lambda 0.25
 * 4.11 and from 0.7 on no change, as the clip cuts what is more. `npm run bench -- next-token` measures it again.
 */
export const NEIGHBOURS = {
  /** Last tokens of the answer that are compared, its beginning included. */
  keyTokens: 4,
  /** A neighbour weighs this many times more for each further token that matches. */
  perMatch: 8,
  /** A neighbour weighs its record's likeness to the prompt to this power. Without it 0.01 better, and deaf to the question. */
  likenessPower: 1,
  /** The share of the neighbours against the model's. */
  lambda: 0.7,
  /** Places of a shard that are looked at for one token, in order of arrival. */
  mostPlaces: 1_024,
} as const;

/** What each of a shard's neighbours weighs: by next token, and together. */
export type Neighbours = { weights: Map<number, number>; total: number };

/**
 * The places of one shard where its records went on from the answer's last tokens. They count by how much of the key
 * they match and by how like the prompt their record is.
 * @param key the answer's last tokens, the latest last; START where it begins.
 * @param likeness of each of the shard's records to the prompt, 0 or more.
 */
export function findNeighbours(
  index: TokenIndex,
  key: readonly number[],
  likeness: ArrayLike<number>,
  constants: typeof NEIGHBOURS = NEIGHBOURS,
): Neighbours {
  const { tokens, recordOf, places } = index;
  const { keyTokens, perMatch, likenessPower, mostPlaces } = constants;
  const weights = new Map<number, number>();
  let total = 0;
  const [from, end] = placesAfter(index, key.at(-1) ?? -1);
  const to = Math.min(end, from + mostPlaces);
  for (let at = from; at < to; at += 1) {
    const place = places[at] ?? 0;
    const like = likeness[recordOf[place] ?? 0] ?? 0;
    if (!(like > 0)) continue;
    let weight = like ** likenessPower;
    // A record's first token is START, and no key has it but at its beginning: a match never runs into the record before.
    for (let back = 2; back <= keyTokens && back <= key.length; back += 1) {
      if (tokens[place - back] !== key[key.length - back]) break;
      weight *= perMatch;
    }
    const next = tokens[place] ?? 0;
    weights.set(next, (weights.get(next) ?? 0) + weight);
    total += weight;
  }
  return { weights, total };
}
