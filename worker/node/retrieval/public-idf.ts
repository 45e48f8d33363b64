import { readFileSync } from 'node:fs';
import { hashWord } from './words.ts';

/**
 * Inverse document frequencies from public text only (public-idf.tsv; sources and licence in its header).
 * A table from patients' records would couple the shards and leak, so records never touch it.
 */
export type PublicIdf = {
  /** ln((documents + 1) / (df + 1)); a word the public text does not know gets the largest value. */
  of(wordHash: number): number;
  /** What an unknown word weighs. */
  readonly max: number;
  readonly words: number;
};

/** Parses `word<TAB>document frequency` lines; a `# documents: N` header line gives N. */
export function parsePublicIdf(table: string): PublicIdf {
  const documents = Number(/^# documents: (\d+)$/m.exec(table)?.[1]);
  if (!Number.isSafeInteger(documents))
    throw new Error('The public idf table lacks its "# documents:" line.');
  const rows = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const slots = 1 << Math.ceil(Math.log2(rows.length * 2 + 2));
  const hashes = new Uint32Array(slots);
  // Zero marks a free slot: every stored weight is above zero.
  const weights = new Float32Array(slots);
  const slotOf = (hash: number): number => {
    let slot = (hash ^ (hash >>> 15)) & (slots - 1);
    while (weights[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  for (const row of rows) {
    const [word = '', frequency] = row.split('\t');
    const hash = hashWord(word);
    const slot = slotOf(hash);
    hashes[slot] = hash;
    weights[slot] = Math.max(1e-3, Math.log((documents + 1) / (Number(frequency) + 1)));
  }
  const max = Math.log(documents + 1);
  return { of: (hash) => weights[slotOf(hash)] || max, max, words: rows.length };
}

let loaded: PublicIdf | undefined;

/** The table that ships with the node, read once. */
export function publicIdf(): PublicIdf {
  loaded ??= parsePublicIdf(readFileSync(new URL('./public-idf.tsv', import.meta.url), 'utf8'));
  return loaded;
}
