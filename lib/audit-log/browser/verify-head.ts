import type { KeptHead } from './kept-head.ts';
import { nameOfKey, parseKey, readHead, type SignedHead, signatureHolds } from './signed-note.ts';
import { type CheckResult, together, tried } from './tried.ts';
import { verifyConsistency } from './verify-consistency.ts';
import { type Cosigned, verifyCosignatures } from './verify-cosignatures.ts';

export type HeadClaim = { checkpoint: string; verifierKey: string; witnesses: readonly string[] };

/**
 * What can be wrong with a head, the gravest first. `fork`: it contradicts the head this browser kept; `rollback`: it
 * is shorter than that; `log_key`: another key signs; `witness_key`: a witness's key is another one than before;
 * `witness_again`: one witness is given more than once, to count as several.
 */
export const HEAD_FAULTS = [
  'signature',
  'log_key',
  'fork',
  'rollback',
  'witness_key',
  'witness_again',
  'cosignature',
] as const;
export type HeadFault = (typeof HEAD_FAULTS)[number];

export type HeadVerdict = {
  /** Null for what is no checkpoint at all. */
  head: SignedHead | null;
  signature: CheckResult;
  /** Whether it continues the kept head; null where none was kept. */
  continues: CheckResult | null;
  cosigned: Cosigned[];
  /** Names of witnesses that this browser kept a key of and that are not given any more. */
  missing: string[];
  faults: HeadFault[];
  overall: CheckResult;
};

/** Gives the consistency proof between two sizes. Rejects where there is none to be had. */
export type FetchConsistency = (from: string, to: string) => Promise<readonly string[]>;

/** All that a browser can check of a head by itself and by what it kept of the last one. */
export async function verifyHead(
  claim: HeadClaim,
  kept: KeptHead | null,
  fetchConsistency: FetchConsistency,
): Promise<HeadVerdict> {
  const head = readable(claim);
  const signature = await tried(
    async () => head !== null && signatureHolds(claim.checkpoint, claim.verifierKey),
  );
  const { cosigned, again } = head
    ? await verifyCosignatures(claim.checkpoint, claim.witnesses)
    : { cosigned: [], again: [] };
  const past = head && kept ? await comparePast(head, kept, fetchConsistency) : null;
  const faults: HeadFault[] = [];
  if (signature === 'fails') faults.push('signature');
  if (kept && kept.verifierKey !== claim.verifierKey) faults.push('log_key');
  if (past?.fault) faults.push(past.fault);
  if (kept && hasOtherKeys(kept.witnesses, claim.witnesses)) faults.push('witness_key');
  if (again.length > 0) faults.push('witness_again');
  if (cosigned.some(({ result }) => result === 'fails')) faults.push('cosignature');
  const overall = faults.length > 0 ? 'fails' : together([signature, past?.result ?? 'holds']);
  const missing = kept ? missingNames(kept.witnesses, claim.witnesses) : [];
  return { head, signature, continues: past?.result ?? null, cosigned, missing, faults, overall };
}

/** A head under the name that its key has; else what is claimed is not this log's. */
function readable({ checkpoint, verifierKey }: HeadClaim): SignedHead | null {
  try {
    const head = readHead(checkpoint);
    return head.origin === parseKey(verifierKey).name ? head : null;
  } catch {
    return null;
  }
}

type Past = { result: CheckResult; fault: 'fork' | 'rollback' | null };

async function comparePast(head: SignedHead, kept: KeptHead, fetch: FetchConsistency): Promise<Past> {
  const [now, before] = [BigInt(head.size), BigInt(kept.size)];
  if (now < before) return { result: 'fails', fault: 'rollback' };
  let path: readonly string[] = [];
  if (now > before && before > 0n) {
    try {
      path = await fetch(kept.size, head.size);
    } catch {
      // No proof is no verdict: the connection may have broken. It is never counted as verified.
      return { result: 'unable', fault: null };
    }
  }
  const result = await verifyConsistency({ from: kept, to: head, path });
  return { result, fault: result === 'fails' ? 'fork' : null };
}

/** A name that was ever known under one key is now given under another. New names are no contradiction. */
function hasOtherKeys(before: readonly string[], now: readonly string[]): boolean {
  const known = new Map(before.map((key) => [nameOfKey(key), key]));
  return now.some((key) => (known.get(nameOfKey(key)) ?? key) !== key);
}

/** A node may have left; or its name goes first, to come back under another key. */
function missingNames(before: readonly string[], now: readonly string[]): string[] {
  const given = new Set(now.map(nameOfKey));
  return before.map(nameOfKey).filter((name) => !given.has(name));
}
