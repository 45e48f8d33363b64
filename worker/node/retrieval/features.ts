import type { PublicIdf } from './public-idf.ts';
import { foldText, forEachWord, hashWord } from './words.ts';

/** Words and word pairs are hashed to this many features: a public constant, no vocabulary is learnt. */
export const FEATURE_DIMENSIONS = 1 << 16;
/** Below this idf a word is too common to count or to form a pair ("the", "patient"). */
const COMMON_IDF = 1.2;
/** "Denies fever" is evidence too, but weaker than fever. */
const NEGATED_WEIGHT = 0.4;
const NEGATED_SALT = 0x9e3779b9;
/** Words after a negation that it still covers, unless the clause ends first. */
const NEGATION_REACH = 8;
/**
 * How a text opens says what kind of text it is and why it was written: its first words count once more, as features
 * of their own, common or not. The weight of a word falls to a half at `OPENING_HALF`.
 */
const OPENING_WORDS = 16;
const OPENING_HALF = 4;
const OPENING_SALT = 0x85ebca6b;
/** Weight of the opening against the whole text, which has 1. */
const OPENING_SHARE = 0.6;

const hashes = (words: string) => new Set(words.split(' ').map(hashWord));
const NEGATING = hashes('no not denies denied deny without absent negative never nor');
const ENDING_NEGATION = hashes('but however reports presents presented has had now although complains');

/** A text as a sparse unit vector: `ids` ascending and distinct. */
export type FeatureVector = { ids: Uint16Array; weights: Float32Array };

const bucket = (hash: number) => ((hash >>> 16) ^ hash) & (FEATURE_DIMENSIONS - 1);
const pairHash = (a: number, b: number) => Math.imul(Math.imul(a, 31) ^ b, 0x85ebca6b) >>> 0;

/**
 * Turns texts into vectors: weight = ln(1 + tf) times public idf, scaled to length 1, beside the opening's. Words under
 * a negation get features of their own. Depends on its argument and public constants only. One extractor per shard.
 */
export function createFeatureExtractor(idf: PublicIdf): (text: string, maxWords: number) => FeatureVector {
  const frequency = new Float32Array(FEATURE_DIMENSIONS);
  const worth = new Float32Array(FEATURE_DIMENSIONS);
  const total = new Float32Array(FEATURE_DIMENSIONS);

  return (text, maxWords) => {
    const touched: number[] = [];
    const opening = new Map<number, number>();
    const add = (feature: number, weight: number) => {
      if (frequency[feature] === 0) {
        touched.push(feature);
        worth[feature] = weight;
      }
      frequency[feature] = (frequency[feature] ?? 0) + 1;
    };
    let position = -1;
    let previous = 0;
    let previousIdf = 0;
    let negatedLeft = 0;
    forEachWord(foldText(text), maxWords, (hash, startsClause) => {
      position += 1;
      if (startsClause || ENDING_NEGATION.has(hash)) negatedLeft = 0;
      if (startsClause) previousIdf = 0;
      if (NEGATING.has(hash)) {
        negatedLeft = NEGATION_REACH;
        previousIdf = 0;
        return;
      }
      const weight = idf.of(hash);
      if (negatedLeft > 0) {
        negatedLeft -= 1;
        if (weight >= COMMON_IDF) add(bucket(hash ^ NEGATED_SALT), weight * NEGATED_WEIGHT);
        return;
      }
      if (position < OPENING_WORDS) {
        const feature = bucket(hash ^ OPENING_SALT);
        opening.set(feature, (opening.get(feature) ?? 0) + OPENING_HALF / (OPENING_HALF + position));
      }
      if (weight < COMMON_IDF) return;
      add(bucket(hash), weight);
      if (previousIdf > 0) add(bucket(pairHash(previous, hash)), (previousIdf + weight) / 2);
      previous = hash;
      previousIdf = weight;
    });

    // The whole text at length 1, the opening at its share; either may be empty.
    let squares = 0;
    for (const id of touched) {
      const weight = Math.log1p(frequency[id] ?? 0) * (worth[id] ?? 0);
      total[id] = weight;
      squares += weight * weight;
      frequency[id] = 0;
    }
    for (const id of touched) total[id] = (total[id] ?? 0) / Math.sqrt(squares);
    squares = 0;
    for (const [id, weight] of opening) {
      opening.set(id, Math.log1p(weight));
      squares += Math.log1p(weight) ** 2;
    }
    for (const [id, weight] of opening) {
      if (total[id] === 0) touched.push(id);
      total[id] = (total[id] ?? 0) + (OPENING_SHARE * weight) / Math.sqrt(squares);
    }
    const ids = Uint16Array.from(touched).sort();
    const weights = Float32Array.from(ids, (id) => total[id] ?? 0);
    for (const id of touched) total[id] = 0;
    scaleToUnit(weights);
    return { ids, weights };
  };
}

function scaleToUnit(weights: Float32Array): void {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / Math.sqrt(squares);
}
