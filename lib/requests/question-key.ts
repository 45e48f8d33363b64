import type { KeyStore } from './key-store.ts';
import type { Question } from './question.ts';

/** What a question is sent with; `retry` when it was sent before and what became of it is not known. */
export type QuestionKey = { key: string; retry: boolean };

/**
 * The idempotency key of a question. As long as it is open, that is until giveUpKey, the same question has the same
 * key, so that neither a double click nor a retry after whatever happened is charged twice. Any edit makes it another
 * question with a key of its own, and leaves the first one's alone.
 */
export async function keyFor(
  store: KeyStore,
  question: Question,
  newKey: () => string,
): Promise<QuestionKey> {
  const fingerprint = fingerprintOf(question);
  const kept = await store.read(fingerprint);
  if (kept !== null) return { key: kept, retry: true };
  const key = newKey();
  await store.write(fingerprint, key);
  return { key, retry: false };
}

/** The outcome is known and was shown: the same question asked again is a new one with a new charge. */
export function giveUpKey(store: KeyStore, question: Question): Promise<void> {
  return store.remove(fingerprintOf(question));
}

/** The router compares whole bodies, so all of them counts, in this order. */
function fingerprintOf(question: Question): string {
  return JSON.stringify(question);
}

/** A fresh key: 128 random bits. Works in pages without a secure context, where randomUUID is missing. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
