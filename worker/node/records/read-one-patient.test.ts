import { describe, expect, test } from 'vitest';
import { buildShards } from './build-shards.ts';
import { readBulkFolder } from './read-bulk-folder.ts';
import { shardOf } from './shard-of.ts';
import {
  concept,
  condition,
  consent,
  encounter,
  type Json,
  linkTo,
  note,
  patient,
  to,
  useExportFolder,
} from './testing-export.ts';

// Whatever one patient's resources say, everybody else's records stay as they are (privacy.md section 1).
const { path, write } = useExportFolder();
type Export = Record<'Patient' | 'Encounter' | 'Condition' | 'DocumentReference' | 'Consent', Json[]>;

const DAY = { recordedDate: '2024-05-06' };
/** Ids 1 and 2 are used by b and c alike; b's and c's other resources refer to encounters they do not own. */
const OTHERS: Export = {
  Patient: [patient('b'), patient('c'), patient('d', linkTo('a'))],
  Encounter: ['b', 'c', 'd'].flatMap((who) => [
    encounter('1', who, { reasonCode: [concept('R05', 'Cough')] }),
    encounter('2', who),
  ]),
  Condition: ['b', 'c', 'd'].flatMap((who, at) => [
    condition('1', who, { encounter: to('Encounter', '1'), code: concept(`J1${at}`, who) }),
    condition('2', who, { ...DAY, encounter: to('Encounter', 'foreign'), code: concept(`J2${at}`, who) }),
  ]),
  DocumentReference: ['b', 'c', 'd'].flatMap((who) => [
    note('1', who, '1'),
    note('2', who, '2'),
    note('3', who, 'foreign'),
  ]),
  Consent: [],
};

const HOSTILE: [string, Partial<Export>][] = [
  [
    'bears the ids of others',
    {
      Encounter: [encounter('1', 'a'), encounter('2', 'a')],
      Condition: [condition('1', 'a', { encounter: to('Encounter', '1') }), condition('2', 'a', DAY)],
      DocumentReference: [note('1', 'a', '1'), note('2', 'a', '2'), note('3', 'a', undefined)],
    },
  ],
  ['owns an encounter that others refer to', { Encounter: [encounter('foreign', 'a')] }],
  [
    'diagnoses in an encounter of others',
    { Condition: [condition('9', 'a', { encounter: to('Encounter', '1'), code: concept('X', 'x') })] },
  ],
  ['names others as the same person', { Patient: [patient('a', linkTo('b', 'c'))] }],
  ['names too many as the same person', { Patient: [patient('a', linkTo(...'bcefghijklm'))] }],
  [
    'refuses under the ids of others',
    { Consent: [consent('1', 'a', { status: 'active', provision: { type: 'deny' } })] },
  ],
  [
    'fills its quotas',
    {
      Encounter: [encounter('1', 'a', { reasonCode: [concept('R05', 'Cough')] })],
      DocumentReference: Array.from({ length: 3_000 }, (_, at) => note(`${at}`, 'a', '1')),
    },
  ],
];

async function recordsWith(more: Partial<Export>) {
  const a = { Patient: [patient('a')], ...more };
  for (const type of ['Patient', 'Encounter', 'Condition', 'DocumentReference', 'Consent'] as const) {
    await write(`${type}.000`, a[type] ?? []);
    await write(`${type}.001`, OTHERS[type]);
  }
  return (await readBulkFolder(path())).records;
}
const ofOthers = (records: Awaited<ReturnType<typeof recordsWith>>) =>
  records.filter(({ patientId }) => patientId !== 'a');

describe('a patient who', () => {
  test.each(HOSTILE)('%s changes no record of anybody else', async (_, more) => {
    const alone = await recordsWith({ Patient: [] });
    expect(alone).toHaveLength(9);
    const withA = await recordsWith(more);
    expect(ofOthers(withA)).toEqual(alone);
  });

  test.each(HOSTILE)('%s changes one shard at most', async (_, more) => {
    const input = { shardKey: Buffer.alloc(32, 5), shards: 16 };
    const before = buildShards({ ...input, records: await recordsWith({ Patient: [] }) });
    const after = buildShards({ ...input, records: await recordsWith(more) });
    const own = shardOf(input.shardKey, 'a', input.shards);
    const rest = (shards: typeof before) => shards.filter((_, shard) => shard !== own);
    expect(rest(after)).toEqual(rest(before));
  });
});
