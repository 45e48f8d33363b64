import type { Contribution } from '#lib/nodes/node-channel';
import type { Protection } from '#lib/planner/protection';
import type { Usefulness } from '#lib/privacy/usefulness/usefulness';
import type { RouterContext } from '../context.ts';
import type {
  DrawnFacts,
  FederatedConsensus,
  FederatedQuery,
  FederatedShortAnswer,
  FederatedVote,
  GaussianConsensus,
  GaussianVote,
} from '../query.ts';
import type { StageClock } from '../stage-clock.ts';
import type { Plan } from '../stages/plan.ts';

/** A cohort as far as price and worth depend on it: public quantities only. */
export type Asked = Protection & { shards: number };

/** What such a cohort would be charged. */
export type Offer = {
  /** Reserved in full on every account, pico-rho. */
  rhoPico: bigint;
  /** What the ledger keeps, so that a report can recompute the charge. */
  parameters: Record<string, unknown>;
};

/** The caller while the answer is made. */
export type Live = {
  /**
   * Text that leaves at once, before the answer is settled. So it may be called only when the reservation of the whole
   * answer was committed without notice and every cohort node's receipt of the round that drew this text has come and
   * was verified. What left is then charged at least: where the settlement fails, all of the reservation is.
   */
  onText: (text: string) => void;
  /** Aborted when the caller has hung up: nothing more is drawn. */
  signal: AbortSignal;
};

/** The private answer, and what of the reservation was used for it. */
export type Drawn = {
  content: string | null;
  refusal: string | null;
  finishReason: 'stop' | 'length';
  promptTokens: number;
  completionTokens: number;
  /** Null charges the full reservation. */
  chargeRhoPico: bigint | null;
  contributions: Contribution[];
  facts: DrawnFacts;
};

/** A way to answer privately. `answer` runs after the debit and asks nodes in rounds; what it throws is charged in full. */
export interface Mechanism<Q extends FederatedQuery> {
  /** The longest an answer may take once it is paid for. */
  readonly longestMs: number;
  offer(query: Q, asked: Asked): Offer;
  /** The variance of each hospital's own noise; only where hospitals add any. */
  sigma2Local?(query: Q, asked: Asked): number;
  /** Whether the answer would be worth its charge: the rule that admits, without what would suffice. */
  isUseful(query: Q, asked: Asked): boolean;
  /** The same with everything a quote and a refusal say of it: public quantities only. */
  usefulness(query: Q, asked: Asked): Usefulness;
  /** Why an answer would not be worth its charge, and what would do. One or two sentences. */
  notUseful(query: Q, asked: Asked): string;
  answer(context: RouterContext, plan: Plan<Q>, live: Live, clock: StageClock): Promise<Drawn>;
}

/** A caller who waits for the whole answer and cannot be seen to hang up. */
export const NOBODY_LIVE: Live = { onText: () => {}, signal: new AbortController().signal };

export type Mechanisms = {
  vote: Mechanism<FederatedVote>;
  'gaussian-vote': Mechanism<GaussianVote>;
  consensus: Mechanism<FederatedConsensus>;
  'gaussian-consensus': Mechanism<GaussianConsensus>;
  'short-answer': Mechanism<FederatedShortAnswer>;
};

/** The mechanism of a query, typed for whoever passes that same query on to it. */
export function mechanismOf<Q extends FederatedQuery>({ stages }: RouterContext, query: Q): Mechanism<Q> {
  return stages.mechanisms[nameOf(query)] as unknown as Mechanism<Q>;
}

function nameOf(query: FederatedQuery): keyof Mechanisms {
  return query.mode === 'gaussian' ? `gaussian-${query.mechanism}` : query.mechanism;
}
