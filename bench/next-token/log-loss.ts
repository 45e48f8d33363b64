import { findNeighbours, NEIGHBOURS } from '../../worker/node/next-token/neighbours.ts';
import type { Shard, Step } from './held-out-steps.ts';

export type Constants = { [K in keyof typeof NEIGHBOURS]: number };

/** Nats a token that the model alone needs. */
export const modelLoss = (steps: readonly Step[]) =>
  steps.reduce((sum, { logProbs, target }) => sum - (logProbs[target] ?? 0), 0) / steps.length;

/** Nats a token under softmax(phi + sum of clipped differences / shards), without sampling, over the whole vocabulary. */
export function sharedLoss(
  shards: readonly Shard[],
  steps: readonly Step[],
  constants: Constants,
  clip: number,
): number {
  let loss = 0;
  for (const { likeness, key, logProbs, target } of steps) {
    const sum = new Float64Array(logProbs.length);
    const without = Math.max(-clip, Math.log(1 - constants.lambda));
    let voices = 0;
    shards.forEach(({ tokens }, at) => {
      const { weights, total } = findNeighbours(tokens, key, likeness[at] ?? [], constants);
      if (!(total > 0)) return;
      voices += 1;
      for (const [token, weight] of weights) {
        const phi = logProbs[token] ?? Number.NEGATIVE_INFINITY;
        const near = (constants.lambda * weight) / total;
        const difference = Math.log((1 - constants.lambda) * Math.exp(phi) + near) - phi;
        if (!Number.isFinite(difference)) continue;
        sum[token] = (sum[token] ?? 0) + Math.max(-clip, Math.min(clip, difference)) - without;
      }
    });
    const score = (token: number) =>
      (logProbs[token] ?? 0) + ((sum[token] ?? 0) + voices * without) / shards.length;
    let normaliser = 0;
    for (let token = 0; token < logProbs.length; token += 1) normaliser += Math.exp(score(token));
    loss -= score(target) - Math.log(normaliser);
  }
  return loss / steps.length;
}
