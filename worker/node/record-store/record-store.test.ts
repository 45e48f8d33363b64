import { generateKeyPairSync, verify } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { shardOf } from '../records/shard-of.ts';
import {
  condition,
  consent,
  linkTo,
  note,
  patient,
  textContent,
  useExportFolder,
} from '../records/testing-export.ts';
import { erasePatient, finishErasures, liftRestriction, restrictPatient } from './decide.ts';
import { appendDecision, readDecisions } from './decisions.ts';
import { RecordStore } from './record-store.ts';
import { refresh } from './refresh.ts';
import { signStatement } from './sign-statement.ts';
import { type StorePlace, storePlace } from './store-place.ts';

const SHARDS = 8;
const IDS = Array.from({ length: 24 }, (_, at) => `patient-${at}`);
const { path, write } = useExportFolder();
let dataDir: string;
let place: StorePlace;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-store-'));
  place = storePlace(dataDir, SHARDS);
  await writeExport(IDS);
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const says = (id: string) => `zebrafish cough of ${id}`;

async function writeExport(ids: readonly string[], links: Record<string, string> = {}) {
  await write(
    'Patient',
    ids.map((id) => patient(id, links[id] ? linkTo(links[id]) : {})),
  );
  await write(
    'Condition',
    ids.map((id) => condition(`c-${id}`, id, { recordedDate: '2024-05-06' })),
  );
  await write(
    'DocumentReference',
    ids.map((id) => note(`n-${id}`, id, undefined, textContent(says(id)))),
  );
}
const takeInFolder = () => refresh(place, { kind: 'folder', recordsDir: path() }, false);

async function open(): Promise<RecordStore> {
  const store = await RecordStore.open(place);
  if (!store) throw new Error('no store');
  return store;
}
/** Whose records may be used, with the shard they are in. */
async function usable(): Promise<Record<string, number>> {
  const store = await open();
  const shards: Record<string, number> = {};
  for (let shard = 0; shard < SHARDS; shard += 1)
    for (const { patientId } of await store.recordsOf(shard)) shards[patientId] = shard;
  return shards;
}
const allFiles = () =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe('a store', () => {
  test('holds everybody in the shard their id says, and nothing in clear: no text, no label, no id, in no file or name', async () => {
    await takeInFolder();
    expect(await usable()).toEqual(
      Object.fromEntries(IDS.map((id) => [id, shardOf(Buffer.from(place.shardKey), id, SHARDS)])),
    );
    const store = await open();
    const shard = shardOf(Buffer.from(place.shardKey), 'patient-3', SHARDS);
    expect((await store.recordsOf(shard)).find(({ patientId }) => patientId === 'patient-3')).toMatchObject({
      text: says('patient-3'),
      labels: [{ code: 'J18.9' }],
    });
    for (const file of allFiles()) {
      expect(readFileSync(file).toString('latin1')).not.toMatch(/zebrafish|patient-\d|Pneumonia|J18/);
      expect(file).not.toContain('patient-');
    }
    expect(statSync(place.keyFile).mode & 0o077).toBe(0);
  });

  test('an unchanged folder is not taken in again; a changed one changes the shards of those who changed', async () => {
    await takeInFolder();
    const { generation } = (await open()).manifest;
    expect((await takeInFolder()).changedShards).toEqual([]);
    expect((await open()).manifest.generation).toBe(generation);
    const before = await usable();
    await writeExport(IDS.slice(1));
    expect((await takeInFolder()).changedShards).toEqual([before['patient-0']]);
    const { 'patient-0': _gone, ...others } = before;
    expect(await usable()).toEqual(others);
  });

  test('a store that was lost is made anew with everybody in the same shard, and whoever was erased stays out', async () => {
    await takeInFolder();
    const before = await usable();
    await erasePatient(place, 'patient-5');
    await restrictPatient(place, 'patient-6');
    rmSync(place.folder, { recursive: true });
    await takeInFolder();
    const { 'patient-5': _erased, 'patient-6': _restricted, ...others } = before;
    expect(await usable()).toEqual(others);
  });

  test.each([
    ['a shard file with one bit changed', (name: string) => name.startsWith('shard-')],
    ['the keys with one bit changed', (name: string) => name.startsWith('keys-')],
    ['the manifest with one bit changed', (name: string) => name === 'manifest.json'],
  ])('%s is an error by name', async (_, isIt) => {
    await takeInFolder();
    const file = readdirSync(place.folder)
      .filter(isIt)
      .map((name) => join(place.folder, name))
      .find((name) => statSync(name).size > 0)!;
    const bytes = readFileSync(file);
    const at = bytes.length - 60;
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(file, bytes);
    await expect((async () => (await open()).check())()).rejects.toThrow(/changed or cut short|damaged/);
  });

  test('a file that is cut short or gone is an error, as is another key, another number of shards', async () => {
    await takeInFolder();
    const names = readdirSync(place.folder).filter((name) => name.startsWith('shard-'));
    const [first, second] = names
      .map((name) => join(place.folder, name))
      .filter((name) => statSync(name).size > 0);
    const whole = readFileSync(first!);
    writeFileSync(first!, whole.subarray(0, whole.length - 1));
    await expect((await open()).check()).rejects.toThrow(/cut short/);
    writeFileSync(first!, whole);
    rmSync(second!);
    await expect((await open()).check()).rejects.toThrow(/cannot be read/);
    await expect(RecordStore.open({ ...place, shards: 9 })).rejects.toThrow(/^shards: /);
    await expect(RecordStore.open({ ...place, shardKey: Buffer.alloc(32) })).rejects.toThrow(/shard\.key/);
    writeFileSync(place.keyFile, '00'.repeat(32));
    await expect(open()).rejects.toThrow(/not the key/);
  });

  test('what a crash left beside a generation is swept away by the next change', async () => {
    await takeInFolder();
    writeFileSync(join(place.folder, 'shard-3-99.bin.draft'), 'half');
    await restrictPatient(place, 'patient-1');
    expect(readdirSync(place.folder).some((name) => name.endsWith('.draft'))).toBe(false);
  });
});

describe('decisions about a patient', () => {
  test('a restricted patient is left out and nobody else; lifted, all is as before', async () => {
    await takeInFolder();
    const before = await usable();
    const decided = await restrictPatient(place, 'patient-7');
    expect(decided).toMatchObject({ shard: before['patient-7'], records: 1 });
    const { 'patient-7': _left, ...others } = before;
    expect(await usable()).toEqual(others);
    await expect(restrictPatient(place, 'patient-7')).rejects.toThrow(/already/);
    // A refresh does not lift it.
    await writeExport([...IDS, 'new']);
    await takeInFolder();
    expect(await usable()).not.toHaveProperty('patient-7');
    await liftRestriction(place, 'patient-7');
    expect(await usable()).toMatchObject(before);
    await expect(liftRestriction(place, 'patient-7')).rejects.toThrow(/not restricted/);
  });

  test('an erased patient is gone with the key, and a copy of the folder from before opens with no key left here', async () => {
    await takeInFolder();
    const before = await usable();
    cpSync(place.folder, `${place.folder}-copy`, { recursive: true });
    const { tag } = await erasePatient(place, 'patient-9');
    const store = await open();
    expect(store.patients.keys.has(tag)).toBe(false);
    const { 'patient-9': _gone, ...others } = before;
    expect(await usable()).toEqual(others);
    await takeInFolder();
    await writeExport([...IDS, 'new']);
    await takeInFolder();
    expect(await usable()).not.toHaveProperty('patient-9');
    await expect(erasePatient(place, 'patient-9')).rejects.toThrow(/erased already/);
    const copy = { ...place, folder: `${place.folder}-copy` };
    await expect(RecordStore.open(copy)).rejects.toThrow(/not the key/);
  });

  test('an erasure that was cut off after its decision is finished; one cut off at the new key is whole', async () => {
    await takeInFolder();
    const store = await open();
    const tag = store.tagOf('patient-4');
    await appendDecision(
      place.decisionsFile,
      place.shardKey,
      store.decisions.head,
      { verb: 'erase', tags: [tag] },
      new Date(),
    );
    expect(await usable()).not.toHaveProperty('patient-4');
    await finishErasures(place);
    expect((await open()).patients.keys.has(tag)).toBe(false);
    // The manifest is there and the new key not yet in its place.
    const key = readFileSync(place.keyFile);
    writeFileSync(`${place.keyFile}.next`, key);
    writeFileSync(place.keyFile, '11'.repeat(32));
    expect(Object.keys(await usable())).toHaveLength(IDS.length - 1);
    expect(readFileSync(place.keyFile)).toEqual(key);
  });

  test('somebody with two Patient resources is one person: either id restricts and erases both', async () => {
    await writeExport(IDS, { 'patient-1': 'patient-2', 'patient-2': 'patient-1' });
    await takeInFolder();
    await restrictPatient(place, 'patient-2');
    expect(await usable()).not.toHaveProperty('patient-1');
    await erasePatient(place, 'patient-2');
    // The source parts them: neither comes back.
    await writeExport(IDS);
    await takeInFolder();
    const now = await usable();
    expect([now['patient-1'], now['patient-2']]).toEqual([undefined, undefined]);
  });

  test('a refusal of consent in the source leaves the patient out with the next refresh', async () => {
    await takeInFolder();
    await write('Consent', [consent('k', 'patient-8', { status: 'active', provision: { type: 'deny' } })]);
    expect((await takeInFolder()).counts.patientsDenied).toBe(1);
    expect(await usable()).not.toHaveProperty('patient-8');
  });

  test('nobody here, or a list of decisions that was changed, cut or lost, is an error', async () => {
    await takeInFolder();
    await expect(erasePatient(place, 'stranger')).rejects.toThrow(/no such patient/);
    await restrictPatient(place, 'patient-1');
    await restrictPatient(place, 'patient-2');
    const text = readFileSync(place.decisionsFile, 'utf8');
    // Half a line, as a crash leaves it, was promised to nobody.
    appendFileSync(place.decisionsFile, '{"seq":3');
    expect(readDecisions(place.decisionsFile, place.shardKey).head.seq).toBe(2);
    writeFileSync(place.decisionsFile, text.slice(0, text.indexOf('\n') + 1));
    await expect(open()).rejects.toThrow(/holds 1 decisions.*seen 2/);
    writeFileSync(place.decisionsFile, text.replace('restrict', 'lift'));
    await expect(open()).rejects.toThrow(/damaged/);
  });

  test('the statement of it is signed, and names nobody', async () => {
    await takeInFolder();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const decided = await erasePatient(place, 'patient-2');
    const { statement, signature } = signStatement(decided, 'node-1', privateKey);
    const bytes = Buffer.from(canonicalJson(statement));
    expect(verify(null, bytes, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(statement).toMatchObject({ verb: 'erase', keyDestroyed: true, records: 1, seq: 1 });
    expect(bytes.toString()).not.toContain('patient-2');
  });
});
