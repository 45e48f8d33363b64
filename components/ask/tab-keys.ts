import { type KeyStore, keysInMemory, storedKeys } from '#lib/requests/key-store';

let kept: KeyStore | undefined;

/** The keys of this tab's open questions. They outlive the page wherever the browser gives storage and digests. */
export function tabKeys(): KeyStore {
  kept ??= open();
  return kept;
}

function open(): KeyStore {
  try {
    if (window.isSecureContext) return storedKeys(window.sessionStorage);
  } catch {
    // Storage is forbidden by the browser's settings.
  }
  return keysInMemory();
}
