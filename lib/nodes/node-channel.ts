import type { HospitalConditions } from './hospital-conditions.ts';
import type { Message } from './messages.ts';
import type { SignedReceipt } from './receipt.ts';
import type { RoundHeader } from './round-header.ts';

/** One round, made ready once for the whole cohort. */
export type RoundCall = {
  header: RoundHeader;
  /** The header's hash, hex: the round's name. */
  h: string;
  /** The `round` frame that every node is sent. */
  frame: Buffer;
};

/** What a node sends back: its own shards' summed vector under its masks, and the receipt for it. */
export type Contribution = SignedReceipt & {
  nodeId: string;
  vector: Uint32Array;
  /** Where members may be absent: what takes this node's own mask away later. */
  shared?: NonNullable<Message<'contribution'>['shared']>;
};

export type PublicCall = { queryId: string; prompt: string; labels: readonly string[]; maxTokens: number };
export type PublicAnswer = {
  text: string;
  /** Index of the best label, null when no labels were asked about. */
  labelIndex: number | null;
  promptTokens: number;
  completionTokens: number;
  finishReason: 'stop' | 'length';
};

/** What the public model would say next. */
export type PublicScoresCall = Message<'publicScores'>;
export type PublicScores = {
  candidates: { id: number; score: number; text: string }[];
  end: { id: number; score: number };
  promptTokens: number;
};

/** A head of the audit log for a node to witness. */
export type WitnessCall = Message<'witness'>;
/** The node's signature line, or why it did not sign. */
export type Witnessed = Message<'cosignature'> | Message<'witnessRefused'>;

/** Public facts of a connected node: what cohort choice may look at. */
export type NodeFacts = {
  nodeId: string;
  hospitalId: string;
  datasetId: string;
  name: string;
  shards: number;
  lanes: number;
  engine: Message<'hello'>['engine'];
  /** What the hospital's own limit still lets it spend, pico-rho, as far as its receipts tell. */
  leftRhoPico: bigint;
  /** What its hospital asks of every round, as its node said when it dialled in. */
  conditions: HospitalConditions;
  /** Round trip of the last synthetic probe, milliseconds; null before the first. */
  probeMs: number | null;
  /** The chance that it answers a round, by synthetic probes of this connection. */
  availability: number;
};

/**
 * The router's side of one connected node. The dispatch stage sees this interface only, so that a benchmark or a test
 * can put another transport in its place.
 */
export interface NodeChannel {
  readonly facts: NodeFacts;
  /** Resolves with the node's contribution. Rejects with NodeGoneError or RoundRefusedError, or when `signal` aborts. */
  round(call: RoundCall, signal: AbortSignal): Promise<Contribution>;
  /** Tells the node who answered a round that survives dropouts; resolves with its signature over them. */
  agree(call: Message<'survivors'>, signal: AbortSignal): Promise<Message<'agreement'>>;
  /** Shows the node what the survivors signed; resolves with what the sum needs of it. */
  unmask(call: Message<'signedSurvivors'>, signal: AbortSignal): Promise<Message<'unmasking'>>;
  /** Asks the node's public model. Touches no record. */
  publicAnswer(call: PublicCall, signal: AbortSignal): Promise<PublicAnswer>;
  /** The public model's next-token scores. Touches no record. */
  publicScores(call: PublicScoresCall, signal: AbortSignal): Promise<PublicScores>;
  /** Asks the node to sign a head of the audit log. One at a time. */
  witness(call: WitnessCall, signal: AbortSignal): Promise<Witnessed>;
  /** @param reason a short constant; it travels in the close frame (at most 123 bytes). */
  close(reason: string): void;
}

/** The connection ended before the answer came: after the debit this is charged in full. */
export class NodeGoneError extends Error {
  override readonly name = 'NodeGoneError';
}

/** The node's guard refused the round. */
export class RoundRefusedError extends Error {
  override readonly name = 'RoundRefusedError';
  readonly code: string;
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}
