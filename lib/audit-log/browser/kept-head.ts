/** The last head of a log that this browser has verified: what every later one has to continue. */
export type KeptHead = {
  size: string;
  rootHash: string;
  checkpoint: string;
  verifierKey: string;
  /** The witnesses' keys as they were then. */
  witnesses: string[];
  seenAtMs: number;
};

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const nameOf = (origin: string): string => `fdlr-log-head ${origin}`;
const LAST_ORIGIN = 'fdlr-log-origin';

/** The log that this browser met last; null where it met none. Another one now may be a new log, or a way to hide. */
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

/** Returns whether it could be kept. */
export function keepHead(store: Store, origin: string, head: KeptHead): boolean {
  try {
    store.setItem(nameOf(origin), JSON.stringify(head));
    store.setItem(LAST_ORIGIN, origin);
    return true;
  } catch {
    return false;
  }
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
