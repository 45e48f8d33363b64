import { rememberedRho } from '../accounting/remembered-rho.ts';
import {
  type ConsensusKind,
  consensusCharge,
  consensusThreshold,
  splitConsensusBudget,
} from '../mechanisms/consensus-charge.ts';
import { rationalToNumber } from '../sampling/rational.ts';
import { betweenIntegers, type LatticeLaw, latticeLaw, probabilityBelow } from './lattice-law.ts';
import { type OddsRatio, voteOddsRatio } from './odds-ratio.ts';
import { fewestUsefulShards, type Suffices, smallestUsefulEpsilon } from './suggest.ts';
import {
  type Chance,
  chancesAt,
  leadPerShard,
  MIN_PROBABILITY_RIGHT,
  PLURALITY,
  requireCounts,
  type VoteQuestion,
  voteProbabilityRight,
} from './vote-usefulness.ts';

/** Less leaves nothing for one of the two parts. */
const LEAST_RHO_PICO = 2n;
const NEXT_FEW = Array.from({ length: 10 }, (_, i) => i);

export type ConsensusQuestion = VoteQuestion & { kind: ConsensusKind };

export type ConsensusUsefulness = {
  mechanism: 'consensus';
  mode: 'exact' | 'gaussian';
  kind: ConsensusKind;
  /** That it answers, and with the plurality's label, at `plurality`. */
  probabilityRight: number;
  /** That it answers at all, at `plurality`. */
  probabilityAnswers: number;
  /** That it does not answer where two labels have half of the shards each. */
  probabilityAbstains: number;
  plurality: number;
  required: number;
  /** Both right at the plurality and abstaining at the tie with the required chance: one alone is easily had. */
  useful: boolean;
  chances: Chance[];
  /** Of the label, where one is given; null in gaussian mode, where no ratio is bounded. */
  oddsRatio: OddsRatio | null;
  suffices: Suffices;
};

export type Judged = Pick<
  ConsensusUsefulness,
  'probabilityRight' | 'probabilityAnswers' | 'probabilityAbstains'
>;

/**
 * Whether a consensus vote at epsilon is useful, and what would be enough if it is not.
 * @throws RangeError when a count, epsilon or delta is invalid, or epsilon buys no test.
 */
export function consensusUsefulness(question: ConsensusQuestion): ConsensusUsefulness {
  const { kind, labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  const budget = rememberedRho(epsilon, delta);
  const { beta } = consensusCharge(epsilon, delta, kind, shards);
  const judge = judgeAt(question, budget);
  const judged = judge(shards, PLURALITY);
  const usefulAtRho = (rhoPico: bigint) =>
    rhoPico >= LEAST_RHO_PICO && isConsensusJudgedUseful(judgeAt(question, rhoPico)(shards, PLURALITY));
  return {
    mechanism: 'consensus',
    mode: 'exact',
    kind,
    ...judged,
    plurality: PLURALITY,
    required: MIN_PROBABILITY_RIGHT,
    useful: isConsensusJudgedUseful(judged),
    chances: chancesAt(labelCount, (plurality) => judge(shards, plurality).probabilityRight),
    oddsRatio: voteOddsRatio(beta, shards),
    suffices: {
      epsilon: smallestUsefulEpsilon({
        delta,
        usefulAtRho,
        usefulAtEpsilon: (other) => usefulAtRho(rememberedRho(other, delta)),
      }),
      shards: fewestUsefulShards(withTheNextFew((count) => isConsensusJudgedUseful(judge(count, PLURALITY)))),
    },
  };
}

/** Whether a consensus vote is useful and nothing else: for a choice that tries many numbers of shards. */
export function isConsensusUseful(question: ConsensusQuestion): boolean {
  const { labelCount, shards, epsilon, delta } = question;
  requireCounts({ labelCount, shards });
  return isConsensusJudgedUseful(judgeAt(question, rememberedRho(epsilon, delta))(shards, PLURALITY));
}

/** The exact chances for any number of shards, at one price. */
function judgeAt(
  { kind, labelCount }: ConsensusQuestion,
  budgetRhoPico: bigint,
): (shards: number, plurality: number) => Judged {
  const { sigma2, voteRhoPico } = splitConsensusBudget(budgetRhoPico, kind);
  const law = latticeLaw(rationalToNumber(sigma2));
  return (shards, plurality) => {
    const threshold = consensusThreshold(kind, shards);
    const lead = shards * leadPerShard(labelCount, plurality);
    const clear = kind === 'threshold' ? shards * plurality : lead;
    const tied = kind === 'threshold' ? shards / 2 : 0;
    const probabilityAnswers = 1 - probabilityFails(law, threshold - clear);
    const right = voteProbabilityRight({ labelCount, shards, rhoPico: voteRhoPico, plurality });
    return {
      probabilityRight: probabilityAnswers * right,
      probabilityAnswers,
      probabilityAbstains: probabilityFails(law, threshold - tied),
    };
  };
}

/** The chance that noise stays below what is missing to the threshold. */
function probabilityFails(law: LatticeLaw, missing: number): number {
  return betweenIntegers(missing / law.step, (steps) => probabilityBelow(law, steps));
}

/**
 * Whether so many shards are useful, and all of the next few: a threshold is a whole number of shards, so one more can be
 * a little worse. A search looks at neighbours, which share most of theirs: each number is judged once.
 */
export function withTheNextFew(isUseful: (shards: number) => boolean): (shards: number) => boolean {
  const judged = new Map<number, boolean>();
  const judge = (shards: number) => {
    const known = judged.get(shards) ?? isUseful(shards);
    judged.set(shards, known);
    return known;
  };
  return (shards) => NEXT_FEW.every((more) => judge(shards + more));
}

export function isConsensusJudgedUseful({ probabilityRight, probabilityAbstains }: Judged): boolean {
  return Math.min(probabilityRight, probabilityAbstains) >= MIN_PROBABILITY_RIGHT;
}
