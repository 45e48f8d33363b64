import { rememberedRho } from '../accounting/remembered-rho.ts';
import { type ConsensusKind, consensusThreshold } from '../mechanisms/consensus-charge.ts';
import {
  type ConsensusUsefulness,
  isConsensusJudgedUseful,
  type Judged,
  withTheNextFew,
} from './consensus-usefulness.ts';
import {
  type GaussianVoteQuestion,
  LEAST_RHO_PICO,
  noiseVariance,
  winsAgainst,
} from './gaussian-vote-usefulness.ts';
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
} from './vote-usefulness.ts';

/** Enough to find the neighbourhood of what suffices; the exact law decides there. */
const ROUGH_POINTS_PER_SIGMA = 8;

export type GaussianConsensusQuestion = GaussianVoteQuestion & { kind: ConsensusKind };

/**
 * Whether a consensus vote in gaussian mode is useful, and what would be enough if it is not: its test and its winner are
 * read off the same noisy counts.
 * @throws RangeError when a count, epsilon or delta is invalid, or epsilon buys no variance.
 */
export function gaussianConsensusUsefulness(question: GaussianConsensusQuestion): ConsensusUsefulness {
  const { kind, labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  const judge = judgeAt(question, rememberedRho(epsilon, delta));
  const judged = judge(shards, PLURALITY);
  const usefulAtRho = (rhoPico: bigint, pointsPerSigma?: number) =>
    rhoPico >= LEAST_RHO_PICO &&
    isConsensusJudgedUseful(judgeAt(question, rhoPico, pointsPerSigma)(shards, PLURALITY));
  const roughly = judgeAt(question, rememberedRho(epsilon, delta), ROUGH_POINTS_PER_SIGMA);
  return {
    mechanism: 'consensus',
    mode: 'gaussian',
    kind,
    ...judged,
    plurality: PLURALITY,
    required: MIN_PROBABILITY_RIGHT,
    useful: isConsensusJudgedUseful(judged),
    chances: chancesAt(labelCount, (plurality) => judge(shards, plurality).probabilityRight),
    oddsRatio: null,
    suffices: {
      epsilon: smallestUsefulEpsilon({
        delta,
        usefulAtRho: (rhoPico) => usefulAtRho(rhoPico, ROUGH_POINTS_PER_SIGMA),
        usefulAtEpsilon: (other) => usefulAtRho(rememberedRho(other, delta)),
      }),
      shards: fewestUsefulShards(
        withTheNextFew((count) => isConsensusJudgedUseful(judge(count, PLURALITY))),
        (count) => isConsensusJudgedUseful(roughly(count, PLURALITY)),
      ),
    },
  };
}

/** Whether it is useful and nothing else: for a choice that tries many cohorts. */
export function isGaussianConsensusUseful(question: GaussianConsensusQuestion): boolean {
  const { labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  return isConsensusJudgedUseful(judgeAt(question, rememberedRho(epsilon, delta))(shards, PLURALITY));
}

/** The exact chances for any number of shards, at one price. */
function judgeAt(
  question: GaussianConsensusQuestion,
  rhoPico: bigint,
  pointsPerSigma?: number,
): (shards: number, plurality: number) => Judged {
  const { kind, labelCount } = question;
  const law = latticeLaw(noiseVariance(question, rhoPico), pointsPerSigma);
  const passes = kind === 'threshold' ? passesThreshold : passesMargin;
  return (shards, plurality) => {
    const threshold = consensusThreshold(kind, shards);
    const lead = shards * leadPerShard(labelCount, plurality);
    const other = shards * plurality - lead;
    const clear = [
      { labels: 1, votes: shards * plurality },
      { labels: labelCount - 1, votes: other },
    ];
    const tied = [
      { labels: 2, votes: shards / 2 },
      { labels: labelCount - 2, votes: 0 },
    ];
    const [right, ...wrong] = clear.map((_, at) => passes(law, clear, at, threshold));
    const probabilityRight = right ?? 0;
    const answersAtTie = tied.reduce((sum, _, at) => sum + passes(law, tied, at, threshold), 0);
    return {
      probabilityRight,
      probabilityAnswers: Math.min(
        1,
        wrong.reduce((sum, chance) => sum + chance, probabilityRight),
      ),
      probabilityAbstains: Math.max(0, 1 - answersAtTie),
    };
  };
}

/** So many labels with as many true votes each. */
type Level = { labels: number; votes: number };
type Passes = (law: LatticeLaw, levels: readonly Level[], winner: number, threshold: number) => number;

/** The chance that the largest noisy count is one of this level's and at the threshold or above; equals share. */
const passesThreshold: Passes = (law, levels, winner, threshold) => {
  const own = levels[winner]!;
  if (own.labels === 0) return 0;
  return betweenIntegers((threshold - own.votes) / law.step, (from) => {
    let sum = 0;
    for (let x = Math.max(-law.radius, from); x <= law.radius; x += 1) {
      sum += probabilityAt(law, x) * leads(law, levels, winner, x, 0);
    }
    return own.labels * sum;
  });
};

/** The chance that the largest noisy count is one of this level's and the margin or more above every other. */
const passesMargin: Passes = (law, levels, winner, threshold) => {
  const own = levels[winner]!;
  if (own.labels === 0) return 0;
  let sum = 0;
  for (let x = -law.radius; x <= law.radius; x += 1) {
    sum += probabilityAt(law, x) * leads(law, levels, winner, x, threshold);
  }
  return own.labels * sum;
};

/** The chance that a label of this level with noise x is ahead of all others by the margin; by less than one, equals share. */
function leads(law: LatticeLaw, levels: readonly Level[], winner: number, x: number, margin: number): number {
  const own = levels[winner]!;
  return levels.reduce((chance, { labels, votes }, at) => {
    const others = at === winner ? labels - 1 : labels;
    if (others === 0) return chance;
    const ahead = (own.votes - votes - margin) / law.step;
    return (
      chance *
      betweenIntegers(x + ahead, (limit) => {
        const below = probabilityBelow(law, limit);
        const equal = probabilityAt(law, limit);
        return margin > 0 ? (below + equal) ** others : winsAgainst(others + 1, below, equal);
      })
    );
  }, 1);
}
