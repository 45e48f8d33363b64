import { useSyncExternalStore } from 'react';

const PREFIX = 'fdlr-log-key ';
const never = () => () => {};

export type KnownKey = 'same' | 'first' | 'changed';

/**
 * Whether this browser has met the log under this key before. The first key is remembered: a log that is later signed
 * by another one is either a new log or not the one whose past was checked, and the reader should know.
 */
export function useKnownLogKey(verifierKey: string): KnownKey {
  return useSyncExternalStore(
    never,
    () => recall(verifierKey),
    () => 'first',
  );
}

// Asked for again at every rendering: the answer must stay what it was when the page first asked.
const answers = new Map<string, KnownKey>();

function recall(verifierKey: string): KnownKey {
  const known = answers.get(verifierKey) ?? compare(verifierKey);
  answers.set(verifierKey, known);
  return known;
}

function compare(verifierKey: string): KnownKey {
  try {
    const name = PREFIX + (verifierKey.split('+')[0] ?? '');
    const before = localStorage.getItem(name);
    if (before === null) localStorage.setItem(name, verifierKey);
    return before === null ? 'first' : before === verifierKey ? 'same' : 'changed';
  } catch {
    // No storage, no memory.
    return 'first';
  }
}
