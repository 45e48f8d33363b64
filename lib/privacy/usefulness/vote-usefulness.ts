import { epsilonFromRho } from '../accounting/zcdp.ts';
import { voteBeta } from '../mechanisms/vote.ts';
import { chargeForEpsilon } from '../mechanisms/vote-charge.ts';
import { RHO_PICO_PER_UNIT } from '../pico-rho.ts';
import { rationalToNumber } from '../sampling/rational.ts';

/**
 * Whether a vote is worth its price, judged from public quantities only: never from observed votes or agreement, or
 * the refusal itself would be an uncharged answer.
 */
export const MIN_PROBABILITY_RIGHT = 0.8;
/** The share of shards assumed to agree; the rest spread evenly over the other labels. */
export const PLURALITY = 0.7;
/** Beyond this a suggestion would be no protection to speak of. */
const MAX_SUGGESTED_EPSILON = 20;

export type VoteUsefulness = {
  probabilityRight: number;
  useful: boolean;
  suffices: {
    /** The smallest useful epsilon with these shards, rounded up to 3 decimals; null when none up to 20 is. */
    epsilon: number | null;
    /** The fewest useful shards at this epsilon; Infinity when it is too small to buy any beta at all. */
    shards: number;
  };
};

/**
 * The chance that the vote returns the plurality's label, with real-valued counts, at the cost rhoPico.
 * @throws RangeError when labelCount or shards is not a positive integer, or plurality is not inside (0, 1].
 */
export function voteProbabilityRight(args: {
  labelCount: number;
  shards: number;
  rhoPico: bigint;
  plurality?: number;
}): number {
  const { labelCount, shards, rhoPico, plurality = PLURALITY } = args;
  requirePositiveInteger('labelCount', labelCount);
  requirePositiveInteger('shards', shards);
  if (!(plurality > 0 && plurality <= 1)) throw new RangeError('plurality must be above 0 and at most 1');
  if (labelCount === 1) return 1;
  const lead = rationalToNumber(voteBeta(rhoPico)) * shards * leadPerShard(labelCount, plurality);
  return 1 / (1 + (labelCount - 1) * Math.exp(-lead));
}

/**
 * Whether a vote at epsilon is useful, and what would be enough if it is not: more epsilon, or more shards.
 * @throws RangeError as voteProbabilityRight and chargeForEpsilon do.
 */
export function voteUsefulness(args: {
  labelCount: number;
  shards: number;
  epsilon: number;
  delta: number;
}): VoteUsefulness {
  const { labelCount, shards, epsilon, delta } = args;
  const { rhoPico } = chargeForEpsilon(epsilon, delta);
  const probabilityRight = voteProbabilityRight({ labelCount, shards, rhoPico });
  return {
    probabilityRight,
    useful: probabilityRight >= MIN_PROBABILITY_RIGHT,
    suffices: {
      epsilon: smallestUsefulEpsilon(labelCount, shards, delta),
      shards: fewestUsefulShards(labelCount, rhoPico),
    },
  };
}

function smallestUsefulEpsilon(labelCount: number, shards: number, delta: number): number | null {
  const beta = neededBetaShards(labelCount) / shards;
  const rhoPico = BigInt(Math.ceil((beta ** 2 / 2) * Number(RHO_PICO_PER_UNIT)));
  const isUseful = (thousandths: number) =>
    voteProbabilityRight({
      labelCount,
      shards,
      rhoPico: chargeForEpsilon(thousandths / 1000, delta).rhoPico,
    }) >= MIN_PROBABILITY_RIGHT;
  // The closed form is right up to float rounding; the rule itself decides the last step either way.
  const estimate = Math.max(1, Math.ceil(epsilonFromRho(rhoPico, delta) * 1000));
  const last = MAX_SUGGESTED_EPSILON * 1000;
  if (estimate > last + 1) return null;
  const found = firstUseful(estimate, isUseful);
  return found > last ? null : found / 1000;
}

function fewestUsefulShards(labelCount: number, rhoPico: bigint): number {
  const beta = rationalToNumber(voteBeta(rhoPico));
  if (labelCount === 1) return 1;
  if (beta === 0) return Number.POSITIVE_INFINITY;
  return firstUseful(
    Math.max(1, Math.ceil(neededBetaShards(labelCount) / beta)),
    (shards) => voteProbabilityRight({ labelCount, shards, rhoPico }) >= MIN_PROBABILITY_RIGHT,
  );
}

/** The first positive integer that is useful, walked to from an estimate next to it; `isUseful` is monotone. */
function firstUseful(estimate: number, isUseful: (value: number) => boolean): number {
  let value = estimate;
  while (!isUseful(value)) value += 1;
  while (value > 1 && isUseful(value - 1)) value -= 1;
  return value;
}

/** How much of one shard's worth of votes the plurality leads each other label by. */
function leadPerShard(labelCount: number, plurality: number): number {
  return plurality - (1 - plurality) / (labelCount - 1);
}

/** The product of beta and shards at which 1/(1 + (K-1) e^-lead) reaches the minimum. */
function neededBetaShards(labelCount: number): number {
  if (labelCount === 1) return 0;
  const lead = Math.log(((labelCount - 1) * MIN_PROBABILITY_RIGHT) / (1 - MIN_PROBABILITY_RIGHT));
  return lead / leadPerShard(labelCount, PLURALITY);
}

function requirePositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`${name} must be a positive integer`);
}
