import type { Pool, PoolClient } from '#lib/db/pool';
import type { Closing } from './closings.ts';
import { commitMoves, makeMoves, resultOf } from './group-commit/commit-moves.ts';
import type { SignedReceipt } from './insert-receipts.ts';

export type StagesMs = Record<string, number>;

/** What the settling transaction produced. */
export type Settled = { leafHash: Buffer; closings: readonly Closing[] };

/** How a debited request ended. The leaf's hash is known before the answer is sealed, so the reply can name it. */
export type Settlement = {
  requestId: string;
  outcome: 'answered' | 'failed';
  /** Error code and safe message of a failed request. */
  code: string | null;
  message: string | null;
  /** null charges the full reservation. */
  chargeRhoPico: bigint | null;
  receipts: readonly SignedReceipt[];
  stagesMs: StagesMs;
  /** Seals the reply to store, which names the settling leaf and what is left. Null when there is nothing to store. */
  sealReply: ((settled: Settled) => Buffer) | null;
};

/**
 * Settles a reservation in one transaction: charge, receipts, leaf and encrypted answer. An answer may leave only
 * after this returned; of a streamed one, tokens leave before it (when: Live.onText in worker/router), and whatever becomes of
 * this, at least they are charged. Throws ConflictError when the reservation was closed meanwhile (the reaper charged it).
 */
export async function settle(pool: Pool, settlement: Settlement): Promise<Settled> {
  return resultOf(await commitMoves(pool, () => [{ kind: 'settle', settlement }])) as Settled;
}

/**
 * The same in the caller's transaction, so that many can commit together. No answer may leave before that commit.
 * @param at when it was settled; null is now.
 */
export async function settleIn(
  client: PoolClient,
  settlement: Settlement,
  at: Date | null = null,
): Promise<Settled> {
  return resultOf(await makeMoves(client, [{ kind: 'settle', settlement }], at)) as Settled;
}
