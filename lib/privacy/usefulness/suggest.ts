import { epsilonFromRho } from '../accounting/zcdp.ts';

/** Beyond this a suggestion would be no protection to speak of. */
const MAX_SUGGESTED_EPSILON = 20;
/** Costs more than that epsilon at any delta. */
const MAX_RHO_PICO = 1e14;
/** More shards than any federation asks. */
const MAX_SUGGESTED_SHARDS = 2 ** 20;

/** What would be enough, each with everything else as it is. */
export type Suffices = {
  /** The smallest useful epsilon with these shards, rounded up to 3 decimals; null when none up to 20 is. */
  epsilon: number | null;
  /** The fewest useful shards at this epsilon; null when no number of them is. */
  shards: number | null;
};

/**
 * The smallest epsilon of 3 decimals that is useful. Both conditions are monotone; the first one is cheap and finds
 * the neighbourhood, the second is the rule itself and decides.
 */
export function smallestUsefulEpsilon(args: {
  delta: number;
  usefulAtRho: (rhoPico: bigint) => boolean;
  usefulAtEpsilon: (epsilon: number) => boolean;
}): number | null {
  const { delta, usefulAtRho, usefulAtEpsilon } = args;
  const rhoPico = smallestUsefulRho(usefulAtRho);
  if (rhoPico === null) return null;
  const last = MAX_SUGGESTED_EPSILON * 1000;
  let found = Math.max(1, Math.ceil(epsilonFromRho(rhoPico, delta) * 1000));
  // Two thousandths of leeway: the estimate is right up to float rounding.
  if (found > last + 2) return null;
  while (found <= last && !usefulAtEpsilon(found / 1000)) found += 1;
  while (found > 1 && usefulAtEpsilon((found - 1) / 1000)) found -= 1;
  return found > last ? null : found / 1000;
}

/** The fewest shards that are useful; with a cheap condition to find the neighbourhood where the rule itself is dear. */
export function fewestUsefulShards(
  isUseful: (shards: number) => boolean,
  likelyUseful = isUseful,
): number | null {
  let found = firstLikely(likelyUseful);
  if (found === null) return null;
  while (!isUseful(found)) found += 1;
  while (found > 1 && isUseful(found - 1)) found -= 1;
  return found;
}

function firstLikely(likelyUseful: (shards: number) => boolean): number | null {
  let short = 0;
  let enough = 1;
  while (!likelyUseful(enough)) {
    if (enough === MAX_SUGGESTED_SHARDS) return null;
    short = enough;
    enough *= 2;
  }
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2);
    if (likelyUseful(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}

/** By halving the ratio of what is too little and what is enough until they differ in the sixth digit. */
function smallestUsefulRho(usefulAtRho: (rhoPico: bigint) => boolean): bigint | null {
  const isEnough = (rhoPico: number) => usefulAtRho(BigInt(Math.ceil(rhoPico)));
  let short = 1;
  let enough = MAX_RHO_PICO;
  if (isEnough(short)) return 1n;
  if (!isEnough(enough)) return null;
  while (enough / short > 1 + 1e-6 && enough - short > 0.5) {
    const middle = Math.sqrt(short * enough);
    if (isEnough(middle)) enough = middle;
    else short = middle;
  }
  return BigInt(Math.ceil(enough));
}
