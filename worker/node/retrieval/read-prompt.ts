import { CHARACTERS_PER_PROMPT, FEATURES_PER_PROMPT, WORDS_PER_PROMPT } from '../records/quotas.ts';
import { createFeatureExtractor, type FeatureVector } from './features.ts';
import { heaviestFeatures } from './heaviest-features.ts';
import { publicIdf } from './public-idf.ts';

/** A prompt as records are compared with it: its heaviest features, chosen before any shard is looked at. */
export function readPrompt(prompt: string): FeatureVector {
  const extract = createFeatureExtractor(publicIdf());
  return heaviestFeatures(
    extract(prompt.slice(0, CHARACTERS_PER_PROMPT), WORDS_PER_PROMPT),
    FEATURES_PER_PROMPT,
  );
}
