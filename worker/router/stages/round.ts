import type { Contribution, NodeChannel } from '#lib/nodes/node-channel';

/** The unmasked sum of everybody who counts, and their receipts. No single node's vector can be read from it. */
export type Round = { sum: Uint32Array; contributions: Contribution[] };

/** One node of a round, asked once; the promise has noted by itself what a refusal means for the next rounds. */
export type AskedNode = { channel: NodeChannel; contribution: Promise<Contribution> };

/** No header had reached any node: the reservation may be given back. */
export class NothingSentError extends Error {
  override readonly name = 'NothingSentError';
}

/** Something was asked and not everything came back: the whole reservation is charged. */
export class RoundFailedError extends Error {
  override readonly name = 'RoundFailedError';
  /** What did come back: receipts to keep. */
  readonly contributions: Contribution[];
  constructor(message: string, contributions: Contribution[], cause: unknown) {
    super(message, { cause });
    this.contributions = contributions;
  }
}
