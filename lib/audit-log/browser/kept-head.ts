import { nameOfKey } from './signed-note.ts';

/** The last head of a log that this browser has verified: what every later one has to continue. */
export type KeptHead = {
  size: string;
  rootHash: string;
  checkpoint: string;
  verifierKey: string;
  /** Every witness's key as this browser first met it: one that is not given any more is kept all the same. */
  witnesses: string[];
  seenAtMs: number;
};

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (origin: string): string => `fdlr-log-head ${origin}`;
const LAST_ORIGIN = 'fdlr-log-origin';

/**
 * The log that this browser met first, or that a person has acknowledged since; null where it met none. Another one now
 * may be a new log, or a way to hide.
 */
export function recallOrigin(store: Store): string | null {
  return read(store, LAST_ORIGIN);
}

/** Null for a log this browser has never met, and where it keeps nothing. What was garbled counts as never met. */
export function recallHead(store: Store, origin: string): KeptHead | null {
  const text = read(store, nameOf(origin));
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/**
 * Returns whether it could be kept. The witnesses' keys that were kept before stay. The first log's name is kept too;
 * another one takes its place only when a person says so.
 */
export function keepHead(store: Store, origin: string, head: KeptHead): boolean {
  try {
    const witnesses = mergeWitnesses(recallHead(store, origin)?.witnesses ?? [], head.witnesses);
    store.setItem(nameOf(origin), JSON.stringify({ ...head, witnesses }));
    if (recallOrigin(store) === null) store.setItem(LAST_ORIGIN, origin);
    return true;
  } catch {
    return false;
  }
}

/** A person has said that the log of this name is the right one. */
export function acknowledgeOrigin(store: Store, origin: string): void {
  try {
    store.setItem(LAST_ORIGIN, origin);
  } catch {
    // No storage, nothing kept.
  }
}

/** By name, the key that was met first. */
function mergeWitnesses(before: readonly string[], now: readonly string[]): string[] {
  const names = new Set(before.map(nameOfKey));
  return [...before, ...now.filter((key) => !names.has(nameOfKey(key)))];
}

/** Begins anew: the next head is taken as it is. */
export function forgetHead(store: Store, origin: string): void {
  try {
    store.removeItem(nameOf(origin));
  } catch {
    // No storage, nothing kept.
  }
}

function read(store: Store, name: string): string | null {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
}

function isKept(kept: unknown): kept is KeptHead {
  if (typeof kept !== 'object' || kept === null) return false;
  const { size, rootHash, checkpoint, verifierKey, witnesses, seenAtMs } = kept as Partial<KeptHead>;
  return (
    typeof size === 'string' &&
    /^(0|[1-9][0-9]{0,17})$/.test(size) &&
    typeof rootHash === 'string' &&
    typeof checkpoint === 'string' &&
    typeof verifierKey === 'string' &&
    Array.isArray(witnesses) &&
    witnesses.every((key) => typeof key === 'string') &&
    typeof seenAtMs === 'number'
  );
}
