import { type Checkpoint, openCheckpoint, parseCheckpoint } from '../checkpoint.ts';
import { cosignedAt } from '../cosignature.ts';
import type { Finding } from './finding.ts';

/** Heads whose signature holds, smallest first, each with where it comes from; and what is wrong with the others. */
export type Head = Checkpoint & { from: 'kept' | 'known' };

export function openHeads(
  notes: readonly string[],
  from: Head['from'],
  verifierKey: string,
): { heads: Head[]; findings: Finding[] } {
  const heads: Head[] = [];
  const findings: Finding[] = [];
  for (const note of notes) {
    try {
      heads.push({ ...openCheckpoint(note, verifierKey), from });
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it cannot be read';
      findings.push({
        attack: 'forged_checkpoint',
        detail: `${from === 'known' ? 'A head that you gave' : 'A head that the log keeps'} (${sizeOf(note)}) is not the log's: ${reason}.`,
      });
    }
  }
  return { heads: heads.toSorted((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0)), findings };
}

function sizeOf(note: string): string {
  try {
    return `${parseCheckpoint(note).size} entries`;
  } catch {
    return 'unreadable';
  }
}

export type Witnessed = { keys: number; signed: number; quorum: number };

/** How many of the pinned witnesses signed this head. */
export function witnessedBy(
  note: string,
  keys: readonly string[],
  quorum: number,
): Witnessed & { findings: Finding[] } {
  const findings: Finding[] = [];
  let signed = 0;
  for (const key of new Set(keys)) {
    try {
      if (cosignedAt(note, key) !== null) signed++;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it cannot be read';
      findings.push({ attack: 'forged_checkpoint', detail: `On the newest head, ${reason}.` });
    }
  }
  if (signed < quorum) {
    findings.push({
      attack: 'unwitnessed',
      detail: `${signed} of ${keys.length} hospitals' nodes signed the newest head; ${quorum} must. Others may be shown another log.`,
    });
  }
  return { keys: new Set(keys).size, signed, quorum, findings };
}
