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

const hashes = (words: string) => new Set(words.split(' ').map(hashWord));
const NEGATING = hashes('no not denies denied deny without absent negative never nor');
const ENDING_NEGATION = hashes('but however reports presents presented has had now although complains');

/** A text as a sparse unit vector: `ids` ascending and distinct. */
export type FeatureVector = { ids: Uint16Array; weights: Float32Array };

const bucket = (hash: number) => ((hash >>> 16) ^ hash) & (FEATURE_DIMENSIONS - 1);
const pairHash = (a: number, b: number) => Math.imul(Math.imul(a, 31) ^ b, 0x85ebca6b) >>> 0;

/**
 * Turns texts into vectors: weight = ln(1 + tf) times public idf, scaled to length 1. Words under a negation get
 * features of their own. Depends on its argument and public constants only. One extractor per shard.
 */
export function createFeatureExtractor(idf: PublicIdf): (text: string, maxWords: number) => FeatureVector {
  const frequency = new Float32Array(FEATURE_DIMENSIONS);
  const worth = new Float32Array(FEATURE_DIMENSIONS);

  return (text, maxWords) => {
    const touched: number[] = [];
    const add = (feature: number, weight: number) => {
      if (frequency[feature] === 0) {
        touched.push(feature);
        worth[feature] = weight;
      }
      frequency[feature] = (frequency[feature] ?? 0) + 1;
    };
    let previous = 0;
    let previousIdf = 0;
    let negatedLeft = 0;
    forEachWord(foldText(text), maxWords, (hash, startsClause) => {
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
      if (weight < COMMON_IDF) return;
      add(bucket(hash), weight);
      if (previousIdf > 0) add(bucket(pairHash(previous, hash)), (previousIdf + weight) / 2);
      previous = hash;
      previousIdf = weight;
    });

    const ids = Uint16Array.from(touched).sort();
    const weights = new Float32Array(ids.length);
    let squares = 0;
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      const value = Math.log1p(frequency[id] ?? 0) * (worth[id] ?? 0);
      weights[at] = value;
      squares += value * value;
      frequency[id] = 0;
    }
    if (squares > 0) {
      const scale = 1 / Math.sqrt(squares);
      for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) * scale;
    }
    return { ids, weights };
  };
}
