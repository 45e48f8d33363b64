import { buildShards } from '../../worker/node/records/build-shards.ts';
import type { PatientRecord } from '../../worker/node/records/record.ts';
import { castVotes } from '../../worker/node/retrieval/cast-votes.ts';
import { hashToUnit } from '../../worker/node/retrieval/held-out.ts';
import type { ShardIndex } from '../../worker/node/retrieval/shard-index.ts';
import { atLeast } from '../lib/result-json.ts';
import type { Corpus, Example } from './corpus.ts';
import { nearestLabels, poolRecords } from './pooled.ts';
import { type AccuracyLine, linesToRows, type Report } from './report.ts';
import { type Asked, accuracyOf } from './score.ts';

type Layout = { hospitals: number; shards: number };
export const LAYOUTS: readonly Layout[] = [
  { hospitals: 4, shards: 64 },
  { hospitals: 10, shards: 8 },
  { hospitals: 50, shards: 8 },
];

/** Accuracy without noise of nearest-record voting, as measured on the same files before (shared data, README). */
const BASELINES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  medquad: { '4x64': 0.878, '10x8': 0.922 },
  mts: { '10x8': 0.617 },
};
/** As many questions as the baselines were measured on, from the beginning of the file. */
const BASELINE_QUESTIONS = 1_200;
/** Where the noise should cost at most a point: 256 shards at the third epsilon, 80 at the fourth. */
const AT_MOST_A_POINT: Readonly<Record<string, readonly number[]>> = { '4x64': [0.5], '10x8': [1] };

const toRecord = ({ patient, text, label }: Example): PatientRecord => ({
  patientId: patient,
  text,
  labels: [{ code: label, display: label }],
});

/** Hospitals of the corpus: every patient belongs to one, by hash, and to one of its shards, by the product's HMAC. */
function buildHospitals(corpus: Corpus, { hospitals, shards }: Layout): ShardIndex[] {
  const parts: PatientRecord[][] = Array.from({ length: hospitals }, () => []);
  for (const example of corpus.records) {
    const hospital = Math.floor(hashToUnit(`${corpus.name}/hospital/${example.patient}`) * hospitals);
    parts[hospital]?.push(toRecord(example));
  }
  return parts.flatMap((records, hospital) =>
    buildShards({ records, shardKey: Buffer.alloc(32, hospital + 1), shards }),
  );
}

function askAll({ questions, labels }: Corpus, shards: readonly ShardIndex[]): Asked[] {
  return questions.map(({ text, label }) => ({
    counts: [...castVotes({ shards, prompt: text, labels }).counts],
    truth: labels.indexOf(label),
  }));
}

/** The first questions of the file, which the baselines were measured on, and all; files are sorted by source. */
function measureLayout(corpus: Corpus, layout: Layout): AccuracyLine[] {
  const id = `${layout.hospitals}x${layout.shards}`;
  const title = `${layout.hospitals} hospitals x ${layout.shards} shards`;
  const asked = askAll(corpus, buildHospitals(corpus, layout));
  const accuracy = accuracyOf(asked.slice(0, BASELINE_QUESTIONS));
  const first: AccuracyLine = {
    id: `${corpus.name}/${id}`,
    title,
    accuracy,
    noiselessTarget: BASELINES[corpus.name]?.[id] ?? null,
    privateTargets: Object.fromEntries(
      (AT_MOST_A_POINT[id] ?? []).map((epsilon) => [epsilon, accuracy.noiseless - 0.01]),
    ),
  };
  if (asked.length <= BASELINE_QUESTIONS) return [first];
  const all = {
    id: `${corpus.name}-all/${id}`,
    title: `${title}, all questions`,
    accuracy: accuracyOf(asked),
  };
  return [{ ...first, title: `${title}, first ${BASELINE_QUESTIONS}` }, all];
}

export function measureRealText(corpus: Corpus, layouts: readonly Layout[]): Report {
  const lines = layouts.flatMap((layout) => measureLayout(corpus, layout));
  const pooled = measurePooled(corpus);
  return {
    heading: `${corpus.name}: ${corpus.records.length} records, ${corpus.questions.length} questions, ${corpus.labels.length} labels`,
    lines,
    notes: [
      `One pooled index (not private), all questions: nearest ${pooled.one.toFixed(3)}, five nearest ${pooled.five.toFixed(3)}.`,
    ],
    rows: [
      ...linesToRows(lines),
      ...(['one', 'five'] as const).map((nearest) =>
        atLeast({
          id: `${corpus.name}/pooled/${nearest}-nearest`,
          metric: 'accuracy of one pooled index',
          value: pooled[nearest],
          unit: 'share',
        }),
      ),
    ],
  };
}

function measurePooled({ records, questions, labels }: Corpus) {
  const pool = poolRecords(records.map(toRecord));
  const found = questions.map(({ text, label }) => {
    const { one, five } = nearestLabels(pool, text, new Set(labels));
    return { one: one === label, five: five === label };
  });
  const share = (which: 'one' | 'five') => found.filter((hit) => hit[which]).length / found.length;
  return { one: share('one'), five: share('five') };
}
