import { createHash } from 'node:crypto';

/** Public text of which a part is kept for questions that the benchmark asks (bench/accuracy). */
export type PublicCorpus = 'medquad' | 'mts';

const HELD_OUT_SHARE = 0.15;

/** A place in [0, 1) that depends on the text alone. */
export const hashToUnit = (text: string) =>
  createHash('sha256').update(text, 'utf8').digest().readUIntBE(0, 6) / 2 ** 48;

/**
 * Whether the benchmark asks about this key, so that neither its records nor the public idf may have seen it. The key
 * is the disease in MedQuAD, and in MTS-Dialog the row's number, counted on from the training file to the other.
 */
export const isHeldOut = (corpus: PublicCorpus, key: string) =>
  hashToUnit(`${corpus}/q/${key}`) < HELD_OUT_SHARE;
