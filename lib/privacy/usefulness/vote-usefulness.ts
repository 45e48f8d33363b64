import { voteBeta } from '../mechanisms/vote.ts';
import { chargeForEpsilon } from '../mechanisms/vote-charge.ts';
import { rhoPicoToNumber } from '../pico-rho.ts';
import { rationalToNumber } from '../sampling/rational.ts';
import { type OddsRatio, voteOddsRatio } from './odds-ratio.ts';
import { fewestUsefulShards, type Suffices, smallestUsefulEpsilon } from './suggest.ts';

/**
 * Whether a vote is worth its price, judged from public quantities only: never from observed votes or agreement, or
 * the refusal itself would be an uncharged answer.
 */
export const MIN_PROBABILITY_RIGHT = 0.8;
/** The share of shards assumed to agree; the rest spread evenly over the other labels. */
export const PLURALITY = 0.7;
/** The margins that are shown beside it, where they are pluralities at all. */
const PLURALITIES = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The chance of the right label if this share of the shards agrees on it and the rest spread evenly. */
export type Chance = { plurality: number; probabilityRight: number };

export type VoteUsefulness = {
  mechanism: 'vote';
  mode: 'exact' | 'gaussian';
  /** At `plurality`; useful at `required` or more. */
  probabilityRight: number;
  plurality: number;
  required: number;
  useful: boolean;
  chances: Chance[];
  /** null in gaussian mode, where no ratio is bounded: its guarantee has a delta. */
  oddsRatio: OddsRatio | null;
  suffices: Suffices;
};

export type VoteQuestion = { labelCount: number; shards: number; epsilon: number; delta: number };

/**
 * The chance that the vote returns the plurality's label, with real-valued counts, at the cost rhoPico:
 * 1/(1 + (K - 1) e^-(beta lead)), exactly, as the other labels are even.
 * @throws RangeError when labelCount or shards is not a positive integer, or plurality is not inside (0, 1].
 */
export function voteProbabilityRight(args: {
  labelCount: number;
  shards: number;
  rhoPico: bigint;
  plurality?: number;
}): number {
  const { labelCount, shards, rhoPico, plurality = PLURALITY } = args;
  requireCounts({ labelCount, shards });
  if (!(plurality > 0 && plurality <= 1)) throw new RangeError('plurality must be above 0 and at most 1');
  return chanceAtBeta(rationalToNumber(voteBeta(rhoPico)), labelCount, shards, plurality);
}

/**
 * Whether an exact vote at epsilon is useful, and what would be enough if it is not: more epsilon, or more shards.
 * @throws RangeError as voteProbabilityRight and chargeForEpsilon do.
 */
export function voteUsefulness(question: VoteQuestion): VoteUsefulness {
  const { labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  const { beta } = chargeForEpsilon(epsilon, delta);
  const perVote = rationalToNumber(beta);
  const isUsefulAt = (other: number, count: number) =>
    chanceAtBeta(other, labelCount, count, PLURALITY) >= MIN_PROBABILITY_RIGHT;
  return {
    mechanism: 'vote',
    mode: 'exact',
    probabilityRight: chanceAtBeta(perVote, labelCount, shards, PLURALITY),
    plurality: PLURALITY,
    required: MIN_PROBABILITY_RIGHT,
    useful: isUsefulAt(perVote, shards),
    chances: chancesAt(labelCount, (plurality) => chanceAtBeta(perVote, labelCount, shards, plurality)),
    oddsRatio: voteOddsRatio(beta, shards),
    suffices: {
      epsilon: smallestUsefulEpsilon({
        delta,
        usefulAtRho: (rhoPico) => isUsefulAt(Math.sqrt(2 * rhoPicoToNumber(rhoPico)), shards),
        usefulAtEpsilon: (other) => isUsefulAt(rationalToNumber(chargeForEpsilon(other, delta).beta), shards),
      }),
      shards: fewestUsefulShards((count) => isUsefulAt(perVote, count)),
    },
  };
}

/** Whether an exact vote is useful and nothing else: for a choice that tries many numbers of shards. */
export function isVoteUseful({ labelCount, shards, epsilon, delta }: VoteQuestion): boolean {
  requireCounts({ labelCount, shards });
  const perVote = rationalToNumber(chargeForEpsilon(epsilon, delta).beta);
  return chanceAtBeta(perVote, labelCount, shards, PLURALITY) >= MIN_PROBABILITY_RIGHT;
}

function chanceAtBeta(perVote: number, labelCount: number, shards: number, plurality: number): number {
  if (labelCount === 1) return 1;
  const lead = perVote * shards * leadPerShard(labelCount, plurality);
  return 1 / (1 + (labelCount - 1) * Math.exp(-lead));
}

/** The chances at every shown share that is a plurality among so many labels. */
export function chancesAt(labelCount: number, probabilityRight: (plurality: number) => number): Chance[] {
  return PLURALITIES.filter((plurality) => plurality * labelCount > 1).map((plurality) => ({
    plurality,
    probabilityRight: probabilityRight(plurality),
  }));
}

/** How much of one shard's worth of votes the plurality leads each other label by. */
export function leadPerShard(labelCount: number, plurality: number): number {
  return labelCount === 1 ? 1 : plurality - (1 - plurality) / (labelCount - 1);
}

/** @throws RangeError, naming it, when one of the values is not a positive integer. */
export function requireCounts(counts: Record<string, number>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
  }
}
