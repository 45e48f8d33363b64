import { ED25519, ED25519_COSIGNATURE, parseVerifierKey, type VerifierKey } from '#lib/audit-log/signed-note';
import { UsageError } from './usage-error.ts';

/** Throws UsageError: a key that was copied wrongly says nothing about the log. */
export function requireKey(text: string, option: '--key' | '--witness'): VerifierKey {
  try {
    return parseVerifierKey(text, option === '--key' ? ED25519 : ED25519_COSIGNATURE);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read';
    throw new UsageError(`${option} ${text.trim().slice(0, 80)}: ${reason}.`, { cause });
  }
}

/** Each witness once, however often and with whatever blanks its key was named. */
export function distinctWitnesses(texts: readonly string[]): string[] {
  for (const text of texts) requireKey(text, '--witness');
  return [...new Set(texts.map((text) => text.trim()))];
}

/** @param named how many witnesses were named; 0 where the log's own word is taken. */
export function requireQuorum(text: string, named: number): number {
  const quorum = /^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(quorum >= 1)) throw new UsageError('--quorum must be a whole number of at least 1.');
  if (named > 0 && quorum > named)
    throw new UsageError(`--quorum ${quorum} is more than the ${named} witnesses that are named.`);
  return quorum;
}
