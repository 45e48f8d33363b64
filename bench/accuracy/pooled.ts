import { DEFAULT_QUOTAS, WORDS_PER_PROMPT } from '../../worker/node/records/quotas.ts';
import type { PatientRecord } from '../../worker/node/records/record.ts';
import { createFeatureExtractor } from '../../worker/node/retrieval/features.ts';
import { addLikeness, invert, type Postings } from '../../worker/node/retrieval/postings.ts';
import { publicIdf } from '../../worker/node/retrieval/public-idf.ts';

/** Record numbers of an index are 16 bits wide, so a large pool lies in several. */
const CHUNK = 50_000;
const NEAREST = 5;

type Chunk = { postings: Postings; labels: string[] };

/** What nobody may build: one index over everybody's records, with the product's features and quotas of text. */
export function poolRecords(records: readonly PatientRecord[]): Chunk[] {
  const extract = createFeatureExtractor(publicIdf());
  return Array.from({ length: Math.ceil(records.length / CHUNK) }, (_, chunk) => {
    const own = records.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
    const { charactersPerRecord, wordsPerRecord } = DEFAULT_QUOTAS;
    return {
      postings: invert(own.map(({ text }) => extract(text.slice(0, charactersPerRecord), wordsPerRecord))),
      labels: own.map(({ labels }) => labels[0]?.code ?? ''),
    };
  });
}

/** The label of the nearest record, and the most frequent of the five nearest (the nearer on a tie). */
export function nearestLabels(pool: readonly Chunk[], prompt: string, allowed: ReadonlySet<string>) {
  const vector = createFeatureExtractor(publicIdf())(prompt, WORDS_PER_PROMPT);
  const nearest = pool
    .flatMap(({ postings, labels }) => {
      const likeness = new Float64Array(labels.length);
      addLikeness(postings, vector, likeness);
      return topOf(likeness, labels, allowed);
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, NEAREST);
  const tally = new Map<string, number>();
  for (const { label } of nearest) tally.set(label, (tally.get(label) ?? 0) + 1);
  const most = Math.max(...tally.values());
  return { one: nearest[0]?.label, five: nearest.find(({ label }) => tally.get(label) === most)?.label };
}

function topOf(likeness: Float64Array, labels: readonly string[], allowed: ReadonlySet<string>) {
  const top: { score: number; label: string }[] = [];
  labels.forEach((label, record) => {
    const score = likeness[record] ?? 0;
    if (!allowed.has(label) || (top.length === NEAREST && score <= (top.at(-1)?.score ?? 0))) return;
    top.push({ score, label });
    top.sort((a, b) => b.score - a.score);
    if (top.length > NEAREST) top.pop();
  });
  return top;
}
