import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { isConsistent } from './consistency.ts';

/** What a witness remembers of a log: the key that it learnt first, and the note of the last head that it signed. */
export type Seen = { verifierKey: string; note: string | null };

/** What it is shown: a head, and a proof that this continues the head of `oldSize` entries. */
export type HeadOffer = { verifierKey: string; note: string; oldSize: bigint; path: readonly Buffer[] };

/**
 * `key`: not the key that was learnt. `signature`: not signed by it. `rollback`: smaller than what was signed. `fork`:
 * does not continue what was signed. `stale`: the proof starts at another head than the one that was signed last, which
 * says nothing yet; whoever shows the head begins again from `seenSize`.
 */
export const WITNESS_REFUSALS = ['key', 'signature', 'rollback', 'fork', 'stale'] as const;
export type WitnessRefusal = (typeof WITNESS_REFUSALS)[number];

export type Judgement =
  | { accepted: Checkpoint }
  | { refused: WitnessRefusal; reason: string; seenSize: bigint };

/** What a witness does with a head, given all that it remembers; null where it never saw this log. */
export function judgeHead(seen: Seen | null, offer: HeadOffer): Judgement {
  const last = seen?.note ? parseCheckpoint(seen.note) : null;
  const seenSize = last?.size ?? 0n;
  const refuse = (refused: WitnessRefusal, reason: string): Judgement => ({ refused, reason, seenSize });
  if (seen && seen.verifierKey !== offer.verifierKey) {
    return refuse('key', 'The log names another key than the one this witness learnt first.');
  }
  let head: Checkpoint;
  try {
    head = openCheckpoint(offer.note, offer.verifierKey);
  } catch (error) {
    return refuse(
      'signature',
      `The head is not the log's: ${error instanceof Error ? error.message : 'unreadable'}.`,
    );
  }
  if (!last) return offer.oldSize === 0n ? { accepted: head } : refuse('stale', 'Nothing was signed yet.');
  if (head.size < last.size) {
    return refuse('rollback', `A head of ${head.size} entries, after one of ${last.size} was signed.`);
  }
  if (head.size === last.size) {
    return head.root.equals(last.root)
      ? { accepted: head }
      : refuse('fork', `Another head of ${head.size} entries than the one that was signed.`);
  }
  if (offer.oldSize !== last.size) return refuse('stale', `The last head signed has ${last.size} entries.`);
  return isConsistent(last, head, offer.path)
    ? { accepted: head }
    : refuse(
        'fork',
        `The head of ${head.size} entries does not continue the one of ${last.size} that was signed.`,
      );
}
