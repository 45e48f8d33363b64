import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { DEFAULT_QUOTAS } from './quotas.ts';
import { readBulkFolder } from './read-bulk-folder.ts';
import { concept, condition, encounter, note, textContent, to, useExportFolder } from './testing-export.ts';

const { path, write, writeTwoPatients } = useExportFolder();
const read = (quotas: Partial<typeof DEFAULT_QUOTAS> = {}) =>
  readBulkFolder(path(), { ...DEFAULT_QUOTAS, ...quotas });
const notes = (count: number, text = 'note') =>
  Array.from({ length: count }, (_, at) => note(`n${at}`, 'a', 'ea', textContent(text)));

test('a record is clipped while it is read', async () => {
  await writeTwoPatients();
  await write('DocumentReference', notes(1, 'x'.repeat(50_000)));
  const { records } = await read();
  expect(records.map(({ text }) => text.length)).toEqual([DEFAULT_QUOTAS.charactersPerRecord]);
});

test("one patient's records and characters are bounded; what is beyond is left out and counted", async () => {
  await writeTwoPatients();
  await write('DocumentReference', [...notes(10, '12345'), note('nb', 'b', 'eb')]);
  const lengths = async (quotas: Partial<typeof DEFAULT_QUOTAS>) => {
    const { records, counts } = await read(quotas);
    expect(counts.overQuota).toBe(11 - records.length);
    expect(records.at(-1)?.patientId).toBe('b');
    return records.length - 1;
  };
  expect(await lengths({})).toBe(10);
  expect(await lengths({ recordsPerPatient: 4 })).toBe(4);
  expect(await lengths({ charactersPerPatient: 34 })).toBe(6);
  expect(await lengths({ resourcesPerType: 3 })).toBe(3);
});

test('labels are bounded in number and length, wherever they come from', async () => {
  await writeTwoPatients();
  const long = Array.from({ length: 40 }, (_, at) => ({ code: `${at}`, display: 'd'.repeat(1_000) }));
  const eachAlone = long.map(({ code, display }, at) =>
    condition(`c${at}`, 'a', { encounter: to('Encounter', 'ea'), code: concept(code, display) }),
  );
  const expectBounded = async () => {
    const { records } = await read();
    expect(records[0]?.labels).toHaveLength(DEFAULT_QUOTAS.labelsPerRecord);
    expect(records[0]?.labels[0]?.display).toHaveLength(DEFAULT_QUOTAS.charactersPerLabel);
  };
  await write('Condition', [
    condition('c', 'a', { encounter: to('Encounter', 'ea'), code: { coding: long } }),
  ]);
  await expectBounded();
  await write('Condition', eachAlone);
  await expectBounded();
  await write(
    'Condition',
    eachAlone.map((one) => ({ ...one, encounter: undefined, recordedDate: '2024-05-06' })),
  );
  await expectBounded();
  await write('Condition', []);
  await write('Encounter', [
    encounter('ea', 'a', { reasonCode: long.map(({ code, display }) => concept(code, display)) }),
  ]);
  await expectBounded();
});

test('long notes of one patient do not exhaust the heap', async () => {
  await writeTwoPatients();
  await write('DocumentReference', []);
  // Below the length from which strings live outside the heap that is bounded here.
  const text = 'fever and cough. '.repeat(50_000);
  const file = join(path(), 'DocumentReference.ndjson');
  for (const long of notes(60, text)) await appendFile(file, `${JSON.stringify(long)}\n`);
  const reader = new URL('./read-bulk-folder.ts', import.meta.url).href;
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     import(${JSON.stringify(reader)})
       .then(({ readBulkFolder }) => readBulkFolder(${JSON.stringify(path())}))
       .then(({ records }) => parentPort.postMessage(records.length));`,
    { eval: true, resourceLimits: { maxOldGenerationSizeMb: 32 } },
  );
  const [read] = await once(worker, 'message');
  expect(read).toBe(60);
  await worker.terminate();
});
