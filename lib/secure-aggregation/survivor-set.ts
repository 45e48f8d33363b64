import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { ProtocolError } from './protocol-error.ts';

/** What both sides of a round that survives dropouts agreed on before it: all of it stands in the header. */
export type SurvivorTerms = {
  /** Header hash, 32 bytes. */
  h: Uint8Array;
  /** Node ids, sorted. */
  cohort: readonly string[];
  /** Shares of a seed, and signatures, that suffice. */
  threshold: number;
  maxDropouts: number;
};

const CONTEXT = 'fdpr/survivors/v1\0';

/** SHA-256 over the survivors' ids. */
export function survivorsHash(survivors: readonly string[]): Buffer {
  return createHash('sha256').update(canonicalJson(survivors)).digest();
}

function signedBytes(h: Uint8Array, survivors: readonly string[]): Buffer {
  return Buffer.concat([Buffer.from(CONTEXT), h, survivorsHash(survivors)]);
}

/** "These are the survivors of round h": a node signs it for one set of survivors and for no other. Hex. */
export function signSurvivors(h: Uint8Array, survivors: readonly string[], identity: KeyObject): string {
  return sign(null, signedBytes(h, survivors), identity).toString('hex');
}

/** Whether a signature is its member's, for these survivors of round h. */
export function survivorsVerifier(
  h: Uint8Array,
  survivors: readonly string[],
): (signature: string, identity: KeyObject) => boolean {
  const bytes = signedBytes(h, survivors);
  return (signature, identity) => verify(null, bytes, identity, Buffer.from(signature, 'hex'));
}

/** @throws ProtocolError unless they are enough members of the cohort, each once, sorted. */
export function requireSurvivors(survivors: readonly string[], terms: SurvivorTerms): void {
  const { cohort, threshold, maxDropouts } = terms;
  const isSorted = survivors.every((id, i) => i === 0 || survivors[i - 1]! < id);
  if (!isSorted || survivors.some((id) => !cohort.includes(id)))
    throw new ProtocolError('not_a_survivor', 'the survivors are not members of the cohort');
  if (survivors.length < Math.max(threshold, cohort.length - maxDropouts))
    throw new ProtocolError('too_few_survivors', 'fewer members answered than the round was priced for');
}
