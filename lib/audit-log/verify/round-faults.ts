import { type Masking, thresholdOf } from '#lib/secure-aggregation/masking-choice';
import type { ClosedRequest } from './closed-requests.ts';

/** A receipt as far as it says who was shown which round. */
export type ShownRound = { nodeId: string; seq: bigint; h: string };

/** What a request's receipts say of its router. `apart`: so, unless the ledger lacks receipts of one of these two. */
export type RoundFault =
  | { kind: 'outsider'; nodeId: string }
  | { kind: 'split'; rounds: string[] }
  | { kind: 'apart'; rounds: [string, string]; lacking: [ShownRound, ShownRound] };

/** Every token of a short answer is a round; these have one. */
const ONE_ROUND = ['vote', 'consensus'];

/**
 * Whether all members of a cohort were shown the same rounds. A router that shows one of them another header gets a sum
 * that no mask cancels in, and its members' signatures over what each was shown. What honest rounds leave behind is no
 * fault: of one that failed some receipts are missing, of one that survives dropouts those of the absent may be, and the
 * ledger may not have fetched all yet.
 */
export function roundFaults(request: ClosedRequest, receipts: readonly ShownRound[]): RoundFault[] {
  const { mechanism, cohort, masking, outcome } = request;
  const outsiders = new Set(receipts.map(({ nodeId }) => nodeId).filter((id) => !cohort.includes(id)));
  const faults: RoundFault[] = [...outsiders].map((nodeId) => ({ kind: 'outsider', nodeId }));
  const rounds = Map.groupBy(receipts, ({ h }) => h);
  if (ONE_ROUND.includes(mechanism) && rounds.size > 1)
    faults.push({ kind: 'split', rounds: [...rounds.keys()] });
  else if (outcome === 'answered') faults.push(...unsigned(rounds, neededOf(cohort, masking)));
  // Rounds of several that were absent in turn look the same.
  else if (masking === 'all-or-nothing') faults.push(...twoApart(receipts));
  return faults;
}

/** Without so many there is no sum, and no answer. */
function neededOf(cohort: readonly string[], masking: Masking): number {
  return masking === 'all-or-nothing' ? cohort.length : thresholdOf(cohort.length);
}

function unsigned(rounds: Map<string, ShownRound[]>, needed: number): RoundFault[] {
  const few = [...rounds].filter(([, signers]) => signers.length < needed).map(([h]) => h);
  return few.length === 0 ? [] : [{ kind: 'split', rounds: few }];
}

/**
 * Two members each of whom signed a round that the other did not: as a round begins when the whole cohort has signed the
 * one before, the later of the two was shown to somebody who had not been shown the earlier.
 */
function twoApart(receipts: readonly ShownRound[]): RoundFault[] {
  const nodes = [...Map.groupBy(receipts, ({ nodeId }) => nodeId).values()];
  for (const [i, ours] of nodes.entries()) {
    for (const theirs of nodes.slice(i + 1)) {
      const ourOwn = ours.find(({ h }) => theirs.every((other) => other.h !== h));
      const theirOwn = theirs.find(({ h }) => ours.every((other) => other.h !== h));
      if (ourOwn && theirOwn)
        return [{ kind: 'apart', rounds: [ourOwn.h, theirOwn.h], lacking: [ours.at(-1)!, theirs.at(-1)!] }];
    }
  }
  return [];
}
