/** Where the keys of open questions are kept, found by the question's fingerprint. */
export type KeyStore = {
  read(fingerprint: string): Promise<string | null>;
  write(fingerprint: string, key: string): Promise<void>;
  remove(fingerprint: string): Promise<void>;
};

const PREFIX = 'fdlr.open-question.';

/**
 * Keeps keys in a browser's storage, which outlives the page. The question itself is never stored: an entry is named
 * by the SHA-256 of its fingerprint. Needs a secure context.
 */
export function storedKeys(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeyStore {
  return {
    read: async (fingerprint) => storage.getItem(await nameOf(fingerprint)),
    write: async (fingerprint, key) => storage.setItem(await nameOf(fingerprint), key),
    remove: async (fingerprint) => storage.removeItem(await nameOf(fingerprint)),
  };
}

async function nameOf(fingerprint: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fingerprint));
  return PREFIX + Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps keys as long as the tab has not been loaded anew: where there is no storage or no digest. */
export function keysInMemory(): KeyStore {
  const keys = new Map<string, string>();
  return {
    read: async (fingerprint) => keys.get(fingerprint) ?? null,
    write: async (fingerprint, key) => void keys.set(fingerprint, key),
    remove: async (fingerprint) => void keys.delete(fingerprint),
  };
}
