import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHeldOutCases, generateHospitalRecords } from '../../prisma/seed/records/index.ts';
import type { LocalEngine } from '../../worker/node/engine/engine.ts';
import { buildTokenIndex, START, type TokenIndex } from '../../worker/node/next-token/token-index.ts';
import { createTokenizer } from '../../worker/node/next-token/tokenizer.ts';
import { partition } from '../../worker/node/records/build-shards.ts';
import { DEFAULT_QUOTAS } from '../../worker/node/records/quotas.ts';
import { readBulkFolder } from '../../worker/node/records/read-bulk-folder.ts';
import type { PatientRecord } from '../../worker/node/records/record.ts';
import { createFeatureExtractor } from '../../worker/node/retrieval/features.ts';
import { addLikeness, invert, type Postings } from '../../worker/node/retrieval/postings.ts';
import { publicIdf } from '../../worker/node/retrieval/public-idf.ts';
import { readPrompt } from '../../worker/node/retrieval/read-prompt.ts';

const MOST_TOKENS = 80;
const LONGEST_KEY = 8;

export type Shard = { tokens: TokenIndex; postings: Postings; records: number };

/** One token of a note that no shard holds: what stood before it, and what the model alone expects. */
export type Step = { likeness: Float64Array[]; key: number[]; logProbs: Float64Array; target: number };

async function generated(seed: string, patients: number): Promise<PatientRecord[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fdlr-bench-'));
  try {
    await generateHospitalRecords({ seed, hospitalKey: 'harbour', patients, folder });
    return (await readBulkFolder(folder)).records;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function buildShards(engine: LocalEngine, count: number, patients: number): Promise<Shard[]> {
  const extract = createFeatureExtractor(publicIdf());
  return partition(await generated('bench', patients), Buffer.alloc(32, 1), count).map((records) => ({
    tokens: buildTokenIndex(
      records.map(({ text }) => text),
      engine.vocabulary,
      DEFAULT_QUOTAS,
    ),
    postings: invert(records.map(({ text }) => extract(text, DEFAULT_QUOTAS.wordsPerRecord))),
    records: records.length,
  }));
}

/** A case is asked about; what is to be said is the note of another patient with its diagnosis. None of them is in a shard. */
export async function heldOutSteps(
  engine: LocalEngine,
  shards: readonly Shard[],
  cases: number,
): Promise<Step[]> {
  const notes = await generated('bench/held-out', Math.max(300, cases * 4));
  const tokenize = createTokenizer(engine.vocabulary);
  const steps: Step[] = [];
  for (const { text: prompt, code } of generateHeldOutCases({ seed: 'bench/next-token', count: cases })) {
    const at = notes.findIndex(({ labels }) => labels[0]?.code === code);
    const [note] = at < 0 ? [] : notes.splice(at, 1);
    if (!note) continue;
    const vector = readPrompt(prompt);
    const likeness = shards.map(({ postings, records }) => {
      const sums = new Float64Array(records);
      addLikeness(postings, vector, sums);
      return sums;
    });
    const said = [...tokenize(note.text, MOST_TOKENS), engine.vocabulary.end];
    for (const [position, target] of said.entries()) {
      const prefix = said.slice(0, position);
      const { logProbs } = await engine.nextToken({ prompt, prefix, maxTokens: MOST_TOKENS + 1 });
      steps.push({ likeness, key: [START, ...prefix].slice(-LONGEST_KEY), logProbs, target });
    }
  }
  return steps;
}
