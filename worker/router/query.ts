import type { PrincipalActor } from '#lib/actor';
import type { ConsensusKind } from '#lib/privacy/mechanisms/consensus-charge';
import type { Rational } from '#lib/privacy/sampling/rational';
import type { Masking } from '#lib/secure-aggregation/masking-choice';

/** How the label is written into the reply: as a JSON string, or as an object with one property. */
export type AnswerShape = { kind: 'string' } | { kind: 'object'; property: string } | { kind: 'text' };

/** Who asks, as far as policy, ledger and log need to know. */
export type Caller = {
  actor: PrincipalActor;
  region: string;
  pseudonym: string;
  maxRequestEpsilon: number;
};

type Common = {
  requestId: string;
  caller: Caller;
  /** The engine's model id, without the route suffix. */
  model: string;
  /** The model string as the caller wrote it. */
  requestedModel: string;
  prompt: string;
  labels: readonly string[];
  answer: AnswerShape;
  purpose: string;
  bodyHash: Buffer;
};

/** What every private question has: it is charged, sampled, and many hospitals are asked. */
type Federated = Common & {
  route: 'federated';
  epsilon: number;
  delta: number;
  /** The most it may cost any account: what its epsilon converts to, or less. */
  rhoPico: bigint;
};

/** A private vote over public labels, drawn by the router from the exact sum. */
export type FederatedVote = Federated & { mechanism: 'vote'; mode: 'exact'; beta: Rational };

/** The same with noise that the hospitals add themselves: nobody sees an exact sum. */
export type GaussianVote = Federated & { mechanism: 'vote'; mode: 'gaussian' };

/** A vote that is given only when the winner is clear. */
export type FederatedConsensus = Federated & { mechanism: 'consensus'; mode: 'exact'; test: ConsensusKind };
export type GaussianConsensus = Federated & { mechanism: 'consensus'; mode: 'gaussian'; test: ConsensusKind };

/** Free text, drawn token by token. */
export type FederatedShortAnswer = Federated & {
  mechanism: 'short-answer';
  mode: 'exact';
  /** Tokens the caller would take; fewer may be affordable. */
  wantedTokens: number;
};

export type FederatedQuery =
  | FederatedVote
  | GaussianVote
  | FederatedConsensus
  | GaussianConsensus
  | FederatedShortAnswer;

/** A question to the public model alone: no record is touched, nothing is charged. */
export type PublicQuestion = Common & {
  route: 'public';
  mechanism: 'vote' | 'completion';
  mode: 'none';
  maxTokens: number;
};

export type Query = FederatedQuery | PublicQuestion;

/** What a caller gets, however it is rendered; stored encrypted for 24 hours so that a retry gets the same. */
export type Reply = {
  requestId: string;
  createdS: number;
  requestedModel: string;
  /** Null when there is none to give: then `refusal` says why. */
  content: string | null;
  refusal: string | null;
  finishReason: 'stop' | 'length';
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  privacy: PrivacyStatement;
};

/** How an answer that may cost less than was set aside came out; null for a vote and for the public route. */
export type DrawnFacts =
  | { test: ConsensusKind; reached: boolean }
  | {
      tokens: number;
      maxTokens: number;
      /** Nats by which one shard may move a token's log-probability, before the mean over all shards. */
      clip: number;
      /** The end token was drawn, the public limit was reached, or the caller hung up. */
      ended: 'end' | 'limit' | 'caller';
    }
  | null;

export type PrivacyStatement = {
  requestId: string;
  route: 'federated' | 'public';
  mechanism: string;
  mode: string;
  /** How the hospitals' vectors were masked; null where none was sent. */
  masking: Masking | null;
  /** Members that may have colluded without breaking the bound; null in exact mode, where the router sees the sum. */
  maxCollude: number | null;
  nodes: number;
  shards: number;
  /** zCDP, decimal string. */
  rho: string;
  /** Bounds what the answer reveals: the epsilon asked for, or what was reserved for it, at `delta`. */
  epsilon: number;
  delta: string;
  drawn: DrawnFacts;
  /** What is left, zCDP as decimal strings; null where nothing was charged. */
  remaining: { user: string; department: string } | null;
  receipt: { leafHash: string; proofUrl: string };
  /** What the numbers do and do not say. */
  notice: string;
};
