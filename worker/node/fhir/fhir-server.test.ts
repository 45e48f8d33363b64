import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { erasePatient } from '../record-store/decide.ts';
import { RecordStore } from '../record-store/record-store.ts';
import { refresh } from '../record-store/refresh.ts';
import { fhirServerSchema, type RecordSource } from '../record-store/sources.ts';
import { type StorePlace, storePlace } from '../record-store/store-place.ts';
import { condition, consent, linkTo, note, patient, textContent } from '../records/testing-export.ts';
import { jwksFileOf, loadClientKey } from './client-key.ts';
import { type FakeServer, startFhirServer } from './testing-server.ts';

const SHARDS = 4;
let server: FakeServer;
let dataDir: string;
let place: StorePlace;
let clientKeyFile: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-fhir-'));
  place = storePlace(dataDir, SHARDS);
  clientKeyFile = join(dataDir, 'fhir-client.pem');
  server = await startFhirServer();
  await loadClientKey(clientKeyFile);
  server.jwks = JSON.parse(readFileSync(jwksFileOf(clientKeyFile), 'utf8'));
  server.resources = exportOf(['a', 'b', 'c']);
});
afterEach(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true });
});

function exportOf(ids: readonly string[]) {
  return {
    Patient: ids.map((id) => patient(id)),
    Condition: ids.map((id) => condition(`c${id}`, id, { recordedDate: '2024-05-06' })),
    DocumentReference: ids.map((id) => note(`n${id}`, id, undefined, textContent(`zebra cough of ${id}`))),
  };
}
const source = (more: object = {}): RecordSource => ({
  kind: 'fhir',
  server: fhirServerSchema.parse({ baseUrl: server.baseUrl, clientId: 'fdlr-node', ...more }),
  clientKeyFile,
});
const takeIn = (now?: Date, more?: object) => refresh(place, source(more), false, now);
async function texts(): Promise<string[]> {
  const store = await RecordStore.open(place);
  const found: string[] = [];
  for (let shard = 0; store && shard < SHARDS; shard += 1)
    found.push(...(await store.recordsOf(shard)).map(({ text }) => text));
  return found.sort();
}
const of = (...ids: string[]) => ids.map((id) => `zebra cough of ${id}`);

test('an export is taken in with a signed assertion, and lies on disk encrypted only', async () => {
  server.busy = 2;
  await takeIn();
  expect(await texts()).toEqual(of('a', 'b', 'c'));
  expect(server.log).toContain('since null');
  expect(server.log.at(-1)).toBe('DELETE /status/1');
  expect(statSync(clientKeyFile).mode & 0o077).toBe(0);
  for (const name of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    expect(readFileSync(join(name.parentPath, name.name)).toString('latin1')).not.toMatch(/zebra|Pneumonia/);
  }
});

test('a refresh asks for what has changed alone: new, changed and deleted resources, refusals, and nobody erased', async () => {
  await takeIn();
  await erasePatient(place, 'c');
  server.changed = {
    Patient: [patient('d'), patient('c')],
    Condition: [condition('cd', 'd', { recordedDate: '2024-05-06' })],
    DocumentReference: [
      note('nd', 'd', undefined, textContent('zebra cough of d')),
      note('na', 'a', undefined, textContent('zebra cough of a, seen again')),
      note('nc', 'c', undefined, textContent('zebra cough of c')),
    ],
  };
  server.deleted = ['DocumentReference/nb'];
  await takeIn();
  expect(server.log).toContain('since 2024-06-01T00:00:00Z');
  expect(await texts()).toEqual(['zebra cough of a, seen again', 'zebra cough of d']);
  server.deleted = [];
  server.changed = { Consent: [consent('k', 'd', { status: 'active', provision: { type: 'deny' } })] };
  await takeIn();
  expect(server.log).toContain('since 2024-06-02T00:00:00Z');
  expect(await texts()).toEqual(['zebra cough of a, seen again']);
});

test('what changes alone cannot tell is asked for in full: a refusal taken back, people joined, a week gone by', async () => {
  const deny = consent('k', 'b', { status: 'active', decision: 'deny' });
  server.resources = { ...server.resources, Consent: [deny] };
  await takeIn();
  expect(await texts()).toEqual(of('a', 'c'));
  const lifted = consent('k', 'b', { status: 'inactive', decision: 'deny' });
  server.changed = { Consent: [lifted] };
  server.resources = { ...server.resources, Consent: [lifted] };
  await takeIn();
  expect(await texts()).toEqual(of('a', 'b', 'c'));
  server.changed = { Patient: [patient('a', linkTo('b')), patient('b', linkTo('a'))] };
  server.resources = { ...server.resources, Patient: [...server.changed.Patient!, patient('c')] };
  await takeIn();
  expect((await RecordStore.open(place))?.find('b')).toBe((await RecordStore.open(place))?.find('a'));
  server.log.length = 0;
  await takeIn(new Date(Date.now() + 8 * 24 * 3_600_000));
  expect(server.log.filter((line) => line.startsWith('since'))).toEqual(['since null']);
});

test.each([
  [
    'a key that is not registered',
    () => {
      server.jwks = { keys: [] };
    },
    /Access token: the FHIR server answered 400/,
  ],
  [
    'an export with errors, which may lack refusals',
    () => {
      server.errors = [{ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] }];
    },
    /may be missing/,
  ],
  [
    'files elsewhere, where the token would go',
    () => {
      server.fileOrigin = 'https://elsewhere.example';
    },
    /not its own/,
  ],
  [
    'an export without patients',
    () => {
      delete server.resources.Patient;
    },
    /no Patient/,
  ],
])('%s is refused, and what was there stays', async (_, spoil, message) => {
  await takeIn();
  spoil();
  // In full, a week later.
  await expect(takeIn(new Date(Date.now() + 8 * 24 * 3_600_000))).rejects.toThrow(message);
  expect(await texts()).toEqual(of('a', 'b', 'c'));
});

test('an export past its bound is refused, as is plain http to another machine', async () => {
  server.resources.Condition = ['x'.repeat(1_200_000)];
  await expect(takeIn(undefined, { maxMegabytes: 1 })).rejects.toThrow(/maxMegabytes/);
  await expect(takeIn(undefined, { baseUrl: 'http://ehr.hospital.example/fhir' })).rejects.toThrow(
    /not https/,
  );
});
