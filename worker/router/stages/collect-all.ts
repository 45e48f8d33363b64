import type { RoundCall as SealedRound } from '#lib/nodes/node-channel';
import { sumVectors } from '#lib/secure-aggregation/map-into-range';
import { type AskedNode, type Round, RoundFailedError } from './round.ts';
import { whyFailed } from './why-failed.ts';

/** How long a round that has failed still waits for the other nodes' receipts. */
const RECEIPT_GRACE_MS = 500;

/** All or nothing: the masks cancel in the sum of the whole cohort and in no other. */
export async function collectAll(
  { header }: SealedRound,
  asked: readonly AskedNode[],
  giveUp: AbortController,
): Promise<Round> {
  for (const { contribution } of asked) {
    // One node missing fails the round. The others get a moment: their receipts belong into the ledger.
    contribution.catch((error) => setTimeout(() => giveUp.abort(error), RECEIPT_GRACE_MS).unref());
  }
  const settled = await Promise.allSettled(asked.map(({ contribution }) => contribution));
  const contributions = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failure = settled.find((outcome) => outcome.status === 'rejected');
  if (failure) throw new RoundFailedError(whyFailed(failure.reason), contributions, failure.reason);
  const sum = sumVectors(
    contributions.map(({ vector }) => vector),
    header.len,
  );
  return { sum, contributions };
}
