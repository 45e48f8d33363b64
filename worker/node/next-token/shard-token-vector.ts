import { quantiseClipped } from '#lib/privacy/mechanisms/short-answer';
import type { FeatureVector } from '../retrieval/features.ts';
import { addLikeness } from '../retrieval/postings.ts';
import type { ShardIndex } from '../retrieval/shard-index.ts';
import { findNeighbours, NEIGHBOURS } from './neighbours.ts';
import type { TokenIndex } from './token-index.ts';

/** What every shard of a round is asked, from public facts alone. */
export type TokenQuestion = {
  prompt: FeatureVector;
  /** The answer's last tokens, the latest last. */
  key: readonly number[];
  candidates: readonly number[];
  /** The model's log-probability of each candidate, over the full vocabulary. */
  logProbs: readonly number[];
  /** C * 2^13. */
  bound: number;
};

/**
 * One shard's say about the next token: by how much its records raise or lower each candidate's log-probability,
 * p = (1 - lambda) p_model + lambda p_neighbours, clipped, on the grid. A shard without neighbours has no opinion: zeros.
 */
export function shardTokenVector(
  { index, tokens }: { index: ShardIndex; tokens: TokenIndex },
  { prompt, key, candidates, logProbs, bound }: TokenQuestion,
): Int32Array {
  const vector = new Int32Array(candidates.length);
  const likeness = new Float64Array(index.recordCount);
  addLikeness(index, prompt, likeness);
  const { weights, total } = findNeighbours(tokens, key, likeness);
  if (!(total > 0)) return vector;
  for (let at = 0; at < candidates.length; at += 1) {
    const phiPub = logProbs[at] ?? Number.NaN;
    const near = (weights.get(candidates[at] ?? -1) ?? 0) / total;
    const phi = Math.log((1 - NEIGHBOURS.lambda) * Math.exp(phiPub) + NEIGHBOURS.lambda * near);
    vector[at] = quantiseClipped(phi, phiPub, bound);
  }
  return vector;
}
