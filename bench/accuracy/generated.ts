import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CONDITIONS,
  generateHeldOutCases,
  generateHospitalRecords,
  type HeldOutCase,
  HOSPITAL_PROFILES,
} from '../../prisma/seed/records/index.ts';
import { buildShards } from '../../worker/node/records/build-shards.ts';
import { readBulkFolder } from '../../worker/node/records/read-bulk-folder.ts';
import type { PatientRecord } from '../../worker/node/records/record.ts';
import { castVotes } from '../../worker/node/retrieval/cast-votes.ts';
import { hashToUnit } from '../../worker/node/retrieval/held-out.ts';
import type { ShardIndex } from '../../worker/node/retrieval/shard-index.ts';
import { atLeast } from '../lib/result-json.ts';
import { nearestLabels, poolRecords } from './pooled.ts';
import { type AccuracyLine, linesToRows, type Report } from './report.ts';
import { type Asked, accuracyOf } from './score.ts';

const SEED = 'bench';
const SHARDS = 64;
/** The federation at epsilon 0.5 should beat the best hospital alone without noise by this much. */
const AIMED_LEAD = 0.05;

type Hospital = { name: string; records: PatientRecord[]; shards: ShardIndex[] };

async function buildHospital(hospitalKey: string, nth: number, patients: number): Promise<Hospital> {
  const folder = await mkdtemp(join(tmpdir(), 'fdlr-bench-'));
  try {
    await generateHospitalRecords({ seed: SEED, hospitalKey, patients, folder });
    const { records } = await readBulkFolder(folder);
    const shardKey = Buffer.alloc(32, nth + 1);
    const name = HOSPITAL_PROFILES[hospitalKey]?.name ?? hospitalKey;
    return { name, records, shards: buildShards({ records, shardKey, shards: SHARDS }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The case's own diagnosis among `count` of all, the others chosen and ordered by hash. */
function labelsAsked({ code, text }: HeldOutCase, count: number): string[] {
  const order = (other: string) => hashToUnit(`${SEED}/labels/${text}/${other}`);
  const others = CONDITIONS.map((condition) => condition.code)
    .filter((other) => other !== code)
    .sort((a, b) => order(a) - order(b))
    .slice(0, count - 1);
  return [code, ...others].sort((a, b) => order(a) - order(b));
}

const add = (a: readonly number[], b: readonly number[]) => a.map((value, at) => value + (b[at] ?? 0));

/** Hospitals of the demonstration, at its size, asked about patients that none of them has. */
export async function measureGenerated(size: { patients: number; cases: number }): Promise<Report[]> {
  const hospitals: Hospital[] = [];
  for (const [nth, key] of Object.keys(HOSPITAL_PROFILES).entries()) {
    hospitals.push(await buildHospital(key, nth, size.patients));
  }
  const pool = poolRecords(hospitals.flatMap(({ records }) => records));
  const cases = generateHeldOutCases({ seed: SEED, count: size.cases });
  return [12, CONDITIONS.length].map((count) => measureLabels(hospitals, pool, cases, count));
}

function measureLabels(
  hospitals: readonly Hospital[],
  pool: ReturnType<typeof poolRecords>,
  cases: readonly HeldOutCase[],
  count: number,
): Report {
  const own: Asked[][] = hospitals.map(() => []);
  const together: Asked[] = [];
  const hits = { one: 0, five: 0 };
  for (const one of cases) {
    const labels = labelsAsked(one, count);
    const truth = labels.indexOf(one.code);
    const votes = hospitals.map(({ shards }) => [...castVotes({ shards, prompt: one.text, labels }).counts]);
    votes.forEach((counts, at) => {
      own[at]?.push({ counts, truth });
    });
    together.push({ counts: votes.reduce(add), truth });
    const nearest = nearestLabels(pool, one.text, new Set(labels));
    if (nearest.one === one.code) hits.one += 1;
    if (nearest.five === one.code) hits.five += 1;
  }
  const alone = hospitals.map(
    ({ name }, at): AccuracyLine => ({
      id: `generated/${count}-labels/alone-${at + 1}`,
      title: `${name} alone, ${SHARDS} shards`,
      accuracy: accuracyOf(own[at] ?? []),
    }),
  );
  const best = Math.max(...alone.map(({ accuracy }) => accuracy.noiseless));
  const federation: AccuracyLine = {
    id: `generated/${count}-labels/federation`,
    title: `Federation, ${hospitals.length * SHARDS} shards`,
    accuracy: accuracyOf(together),
    privateTargets: { 0.5: best + AIMED_LEAD },
  };
  const lines = [federation, ...alone];
  const share = (nearest: 'one' | 'five') => hits[nearest] / cases.length;
  const records = hospitals.reduce((sum, hospital) => sum + hospital.records.length, 0);
  return {
    heading: `Generated hospitals: ${records} records, ${cases.length} held-out cases, ${count} labels`,
    lines,
    notes: [
      `One pooled index (not private): nearest ${share('one').toFixed(3)}, five nearest ${share('five').toFixed(3)}.`,
    ],
    rows: [
      ...linesToRows(lines),
      ...(['one', 'five'] as const).map((nearest) =>
        atLeast({
          id: `generated/${count}-labels/pooled/${nearest}-nearest`,
          metric: 'accuracy of one pooled index',
          value: share(nearest),
          unit: 'share',
        }),
      ),
    ],
  };
}
