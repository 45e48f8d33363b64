import type { ConsensusUsefulness } from '#lib/privacy/usefulness/consensus-usefulness';
import type { VoteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';
import type { FederatedQuery } from '../query.ts';

/** Why a vote with these shards would not be worth its charge, and what epsilon would do. */
export function voteNotUseful(
  { labels, epsilon }: FederatedQuery,
  shards: number,
  { mechanism, probabilityRight, suffices }: VoteUsefulness | ConsensusUsefulness,
): string {
  const enough = suffices.epsilon === null ? 'no epsilon' : `epsilon ${suffices.epsilon}`;
  const happens = mechanism === 'vote' ? 'would win' : 'would pass the test and win';
  return `With ${shards} shards, ${labels.length} labels and epsilon ${epsilon} the right label ${happens} with probability ${probabilityRight.toFixed(2)}, under the 0.80 that makes an answer worth its charge. ${enough} would suffice with these shards.`;
}
