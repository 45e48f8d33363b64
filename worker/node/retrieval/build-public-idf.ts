/**
 * Writes public-idf.tsv from public text: node worker/node/retrieval/build-public-idf.ts SHARED_DATA_FOLDER
 * (the folder that holds medquad/ and mts-dialog/). Only document frequencies of single words are kept, and none of
 * the part that the benchmark asks about (held-out.ts).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isHeldOut } from './held-out.ts';
import { wordsOf } from './words.ts';

const KEPT_WORDS = 12_000;

const HEADER = [
  '# Document frequencies of words in public medical text. Built by build-public-idf.ts.',
  '# Sources, both CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); only word counts are kept:',
  '# MedQuAD (github.com/abachaa/MedQuAD): Ben Abacha and Demner-Fushman, BMC Bioinformatics 20:511, 2019.',
  '# MTS-Dialog, training part (github.com/abachaa/MTS-Dialog): Ben Abacha, Yim, Fan and Lin, EACL 2023.',
  '# Without the diseases and dialogues that the accuracy benchmark asks about (held-out.ts).',
];

type Row = Record<string, unknown>;

function readDocuments(
  file: string,
  fields: readonly string[],
  isAsked: (row: Row, number: number) => boolean,
): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Row => JSON.parse(line))
    .filter((row, number) => !isAsked(row, number))
    .map((row) => fields.map((field) => String(row[field] ?? '')).join('\n'));
}

const [, , folder] = process.argv;
if (!folder) throw new Error('Usage: node worker/node/retrieval/build-public-idf.ts SHARED_DATA_FOLDER');
const documents = [
  ...readDocuments(join(folder, 'medquad', 'questions.ndjson'), ['question', 'answer'], ({ focus }) =>
    isHeldOut('medquad', String(focus)),
  ),
  ...readDocuments(join(folder, 'mts-dialog', 'train.ndjson'), ['dialogue', 'note'], (_, number) =>
    isHeldOut('mts', String(number)),
  ),
];
const frequencies = new Map<string, number>();
for (const document of documents) {
  for (const word of new Set(wordsOf(document))) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
}
const kept = [...frequencies]
  .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  .slice(0, KEPT_WORDS)
  .sort(([a], [b]) => (a < b ? -1 : 1));
const lines = [...HEADER, `# documents: ${documents.length}`, ...kept.map(([word, df]) => `${word}\t${df}`)];
writeFileSync(new URL('./public-idf.tsv', import.meta.url), `${lines.join('\n')}\n`);
console.log(`${kept.length} words from ${documents.length} documents.`);
