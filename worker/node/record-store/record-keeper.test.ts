import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import {
  concept,
  condition,
  consent,
  note,
  patient,
  textContent,
  useExportFolder,
} from '../records/testing-export.ts';
import { LETTERS } from '../testing/letters.ts';
import { sendOrder, socketPath } from './control-socket.ts';
import { type KeptRecords, keepRecords } from './keep-records.ts';
import { RecordStore } from './record-store.ts';
import { storePlace } from './store-place.ts';

const SHARDS = 16;
const { path, write } = useExportFolder();
const IDS = Array.from({ length: 12 }, (_, at) => `p${at}`);
let dataDir: string;
let kept: KeptRecords;
let unusable: string[];
beforeEach(async () => {
  unusable = [];
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-keeper-'));
  await writeExport(IDS);
  kept = await start();
});
afterEach(async () => {
  kept.close();
  await kept.shards.close();
  rmSync(dataDir, { recursive: true });
});

/** Everybody coughs with pneumonia, but the first, who has a rare disease of their own. */
async function writeExport(ids: readonly string[]) {
  await write(
    'Patient',
    ids.map((id) => patient(id)),
  );
  await write(
    'Condition',
    ids.map((id) =>
      condition(`c${id}`, id, {
        recordedDate: '2024-05-06',
        code: id === 'p0' ? concept('E75.2', 'Fabry disease') : concept('J18.9', 'Pneumonia'),
      }),
    ),
  );
  await write(
    'DocumentReference',
    ids.map((id) => note(`n${id}`, id, undefined, textContent('cough and fever'))),
  );
}

function start(): Promise<KeptRecords> {
  const log = createLogger('test');
  log.level = 'silent';
  const identity = generateKeyPairSync('ed25519').privateKey;
  return keepRecords({
    config: { nodeId: 'node-1', dataDir, recordsDir: path(), shards: SHARDS, lanes: 1 },
    identity,
    log,
    onUnusable: ({ message }) => unusable.push(message),
  });
}
const votesFor = async (label: string) =>
  (await kept.shards.sum({ kind: 'vote', prompt: 'cough and fever', labels: [label] }))[0]!;

test('a running node leaves a restricted patient out of the very next vote, lets them in again, and erases them', async () => {
  const others = await votesFor('Pneumonia');
  expect(await votesFor('Fabry disease')).toBe(1);
  const told = await sendOrder(dataDir, { order: 'restrict', patientId: 'p0' });
  expect(told?.done).toMatchObject({ statement: { verb: 'restrict', records: 1 } });
  expect(await votesFor('Fabry disease')).toBe(0);
  await sendOrder(dataDir, { order: 'lift', patientId: 'p0' });
  expect(await votesFor('Fabry disease')).toBe(1);
  await sendOrder(dataDir, { order: 'erase', patientId: 'p0' });
  expect(await votesFor('Fabry disease')).toBe(0);
  expect((await sendOrder(dataDir, { order: 'refresh' }))?.done).toEqual({ changedShards: 0 });
  expect(await votesFor('Fabry disease')).toBe(0);
  expect(await votesFor('Pneumonia')).toBe(others);
  expect(unusable).toEqual([]);
});

test('a refresh brings what is new into short answers too, and leaves other shards to the bit', async () => {
  await kept.shards.learnTokens(LETTERS);
  const token = () =>
    kept.shards.sum({
      kind: 'token',
      prompt: 'cough and fever',
      key: [4],
      candidates: [2, 4, 8, 12, 16],
      logProbs: [-1, -2, -3, -4, -5],
      bound: 8_192,
    });
  const before = await token();
  await writeExport([...IDS, 'new']);
  expect((await sendOrder(dataDir, { order: 'refresh' }))?.done).toEqual({ changedShards: 1 });
  await kept.keeper.decide('erase', 'new');
  expect(await token()).toEqual(before);
});

test('a refusal that cannot be read stops the node, and it does not start again before it is mended', async () => {
  await write('Consent', ['{not json']);
  await expect(sendOrder(dataDir, { order: 'refresh' })).rejects.toThrow(/refusal may stand/);
  expect(unusable).toHaveLength(1);
  await expect(start()).rejects.toThrow(/refusal may stand/);
  await write('Consent', [consent('k', 'p0', { status: 'active', decision: 'deny' })]);
  const again = await start();
  expect(again.shards.counts.patientsDenied).toBe(1);
  again.close();
  await again.shards.close();
});

test('only the owner may open the socket; what is no order, or about nobody here, is refused and changes nothing', async () => {
  expect(statSync(socketPath(dataDir)).mode & 0o777).toBe(0o600);
  await expect(sendOrder(dataDir, { order: 'erase', patientId: 'stranger' })).rejects.toThrow(/no such/);
  const reply = await new Promise<string>((resolve) => {
    const socket = createConnection(socketPath(dataDir), () => socket.write('{"order":"open"}\n'));
    socket.on('data', (text) => resolve(String(text)));
  });
  expect(reply).toContain('failed');
  expect((await RecordStore.open(storePlace(dataDir, SHARDS)))?.manifest.generation).toBe(1);
});

test('a store that is damaged under a running node is an error, not a shard that falls silent', async () => {
  const store = await RecordStore.open(storePlace(dataDir, SHARDS));
  for (const { name } of store!.manifest.shards) rmSync(join(dataDir, 'records', name));
  await expect(kept.keeper.decide('restrict', 'p1')).rejects.toThrow(/cannot be read/);
  await expect(kept.shards.rebuild([0])).rejects.toThrow(/cannot be read/);
});
