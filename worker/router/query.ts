import type { PrincipalActor } from '#lib/actor';
import type { Rational } from '#lib/privacy/sampling/rational';

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

/** A private vote over public labels: charged, sampled, many hospitals. */
export type FederatedVote = Common & {
  route: 'federated';
  mechanism: 'vote';
  mode: 'exact';
  epsilon: number;
  delta: number;
  /** Charged in full to every account. */
  rhoPico: bigint;
  beta: Rational;
};

/** A question to the public model alone: no record is touched, nothing is charged. */
export type PublicQuestion = Common & {
  route: 'public';
  mechanism: 'vote' | 'completion';
  mode: 'none';
  maxTokens: number;
};

export type Query = FederatedVote | PublicQuestion;

/** What a caller gets, however it is rendered; stored encrypted for 24 hours so that a retry gets the same. */
export type Reply = {
  requestId: string;
  createdS: number;
  requestedModel: string;
  content: string;
  finishReason: 'stop' | 'length';
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  privacy: PrivacyStatement;
};

export type PrivacyStatement = {
  requestId: string;
  route: 'federated' | 'public';
  mechanism: string;
  mode: string;
  nodes: number;
  shards: number;
  /** zCDP, decimal string. */
  rho: string;
  epsilon: number;
  delta: string;
  /** What is left, zCDP as decimal strings; null where nothing was charged. */
  remaining: { user: string; department: string } | null;
  receipt: { leafHash: string; proofUrl: string };
  /** What the numbers do and do not say. */
  notice: string;
};
