import { rememberedRho } from '../accounting/remembered-rho.ts';
import { guaranteedSurvivors, sigmaLocalFor } from '../mechanisms/distributed-gaussian.ts';
import { rationalToNumber } from '../sampling/rational.ts';
import {
  betweenIntegers,
  type LatticeLaw,
  latticeLaw,
  probabilityAt,
  probabilityBelow,
} from './lattice-law.ts';
import { fewestUsefulShards, smallestUsefulEpsilon } from './suggest.ts';
import {
  chancesAt,
  leadPerShard,
  MIN_PROBABILITY_RIGHT,
  PLURALITY,
  requireCounts,
  type VoteQuestion,
  type VoteUsefulness,
} from './vote-usefulness.ts';

/** One for the variance and one for the discreteness: less buys nothing. */
export const LEAST_RHO_PICO = 2n;

/** The noise is charged for the guaranteed shares alone and judged with all of them, as there may be no dropout. */
export type GaussianVoteQuestion = VoteQuestion & { nodes: number; maxCollude: number; maxDropouts: number };

/**
 * Whether a gaussian vote at epsilon is useful, and what would be enough if it is not.
 * @throws RangeError when a count, epsilon or delta is invalid, or epsilon buys no variance.
 */
export function gaussianVoteUsefulness(question: GaussianVoteQuestion): VoteUsefulness {
  const { labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  const rhoPico = rememberedRho(epsilon, delta);
  const law = latticeLaw(noiseVariance(question, rhoPico));
  const chance = (count: number, plurality: number) =>
    gaussianProbabilityRight(law, labelCount, count * leadPerShard(labelCount, plurality));
  const probabilityRight = chance(shards, PLURALITY);
  const lead = shards * leadPerShard(labelCount, PLURALITY);
  const sigmas = leadInSigmas(labelCount);
  const sigmaAt = (rhoPico: bigint) => Math.sqrt(noiseVariance(question, rhoPico));
  const sigma = Math.sqrt(noiseVariance(question, rhoPico));
  return {
    mechanism: 'vote',
    mode: 'gaussian',
    probabilityRight,
    plurality: PLURALITY,
    required: MIN_PROBABILITY_RIGHT,
    useful: isUseful(probabilityRight),
    chances: chancesAt(labelCount, (plurality) => chance(shards, plurality)),
    oddsRatio: null,
    suffices: {
      epsilon: smallestUsefulEpsilon({
        delta,
        usefulAtRho: (rho) => rho >= LEAST_RHO_PICO && lead >= sigmas * sigmaAt(rho),
        usefulAtEpsilon: (other) => isUsefulAt(question, rememberedRho(other, delta)),
      }),
      shards: fewestUsefulShards(
        (count) => isUseful(chance(count, PLURALITY)),
        (count) => count * leadPerShard(labelCount, PLURALITY) >= sigmas * sigma,
      ),
    },
  };
}

/**
 * The chance that the label that leads all K - 1 others by `lead` has the largest noisy count:
 * the sum over its noise x of P(x) P(every other noise < x + lead), equals shared evenly, as labels come in any order.
 */
export function gaussianProbabilityRight(law: LatticeLaw, labelCount: number, lead: number): number {
  if (labelCount === 1) return 1;
  return betweenIntegers(lead / law.step, (ahead) => {
    let right = 0;
    for (let x = -law.radius; x <= law.radius; x += 1) {
      const behind = probabilityBelow(law, x + ahead);
      right += probabilityAt(law, x) * winsAgainst(labelCount, behind, probabilityAt(law, x + ahead));
    }
    return Math.min(1, right);
  });
}

/** Sum over j of C(K-1, j) equal^j below^(K-1-j)/(j + 1) = ((below + equal)^K - below^K)/(K equal). */
export function winsAgainst(labelCount: number, below: number, equal: number): number {
  // Where equals are rare the difference would lose its digits; two terms of the sum are enough.
  if (equal <= 1e-6 * below) {
    return below ** (labelCount - 1) * (1 + ((labelCount - 1) * equal) / (2 * below || 1));
  }
  return ((below + equal) ** labelCount - below ** labelCount) / (labelCount * equal);
}

/** Whether a gaussian vote is useful and nothing else: for a choice that tries many cohorts. */
export function isGaussianVoteUseful(question: GaussianVoteQuestion): boolean {
  const { labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  const rhoPico = rememberedRho(epsilon, delta);
  const lead = shards * leadPerShard(labelCount, PLURALITY);
  const ratio = lead / (leadInSigmas(labelCount) * Math.sqrt(noiseVariance(question, rhoPico)));
  // Far from the border the cheap rule is certain; near it the exact sum decides.
  return Math.abs(ratio - 1) > 0.05 ? ratio > 1 : isUsefulAt(question, rhoPico);
}

/** The variance of all nodes' shares together, where the guaranteed ones alone are worth rhoPico. */
export function noiseVariance(question: GaussianVoteQuestion, rhoPico: bigint): number {
  const { labelCount, nodes, maxCollude, maxDropouts } = question;
  const survivors = guaranteedSurvivors({ nodes, maxCollude, maxDropouts });
  return nodes * rationalToNumber(sigmaLocalFor(rhoPico, { survivors, labelCount }).sigma2Local);
}

function isUsefulAt(question: GaussianVoteQuestion, rhoPico: bigint): boolean {
  if (rhoPico < LEAST_RHO_PICO) return false;
  const { labelCount, shards } = question;
  const law = latticeLaw(noiseVariance(question, rhoPico));
  return isUseful(gaussianProbabilityRight(law, labelCount, shards * leadPerShard(labelCount, PLURALITY)));
}

function isUseful(probabilityRight: number): boolean {
  return probabilityRight >= MIN_PROBABILITY_RIGHT;
}

/** How many sigmas of lead make a vote useful, nearly: only the number of labels counts. Found once for each. */
function leadInSigmas(labelCount: number): number {
  const known = leadsInSigmas.get(labelCount);
  if (known !== undefined) return known;
  const sigma = 100;
  const law = latticeLaw(sigma ** 2);
  let short = 0;
  let enough = 20;
  while (enough - short > 1e-4) {
    const middle = (short + enough) / 2;
    if (isUseful(gaussianProbabilityRight(law, labelCount, middle * sigma))) enough = middle;
    else short = middle;
  }
  leadsInSigmas.set(labelCount, enough);
  return enough;
}

const leadsInSigmas = new Map<number, number>();
