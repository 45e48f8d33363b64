import { voteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';
import type { FederatedVote } from '../query.ts';

/** Why a vote with these shards would not be worth its charge, and what epsilon would do. */
export function voteNotUseful({ labels, epsilon, delta }: FederatedVote, shards: number): string {
  const { probabilityRight, suffices } = voteUsefulness({
    labelCount: labels.length,
    shards,
    epsilon,
    delta,
  });
  const enough = suffices.epsilon === null ? 'no epsilon' : `epsilon ${suffices.epsilon}`;
  return `With ${shards} shards, ${labels.length} labels and epsilon ${epsilon} the right label would win with probability ${probabilityRight.toFixed(2)}, under the 0.80 that makes an answer worth its charge. ${enough} would suffice with these shards.`;
}
