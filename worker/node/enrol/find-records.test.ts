import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fhirServerSchema } from '../record-store/sources.ts';
import { findRecords } from './find-records.ts';

let folder: string;
let server: Server;
let said: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-find-'));
  server = createServer(({ url }, reply) => reply.writeHead(url === '/fhir/metadata' ? 200 : 404).end(said));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
const fromServer = () =>
  findRecords({
    kind: 'fhir',
    server: fhirServerSchema.parse({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir/`,
      clientId: 'fdlr',
    }),
    clientKeyFile: '-',
  });

test('a folder says how many files of an export it holds', async () => {
  const found = () => findRecords({ kind: 'folder', recordsDir: folder });
  await expect(found()).rejects.toThrow(/it has no Patient, DocumentReference, Condition file\.$/);
  writeFileSync(join(folder, 'Patient.ndjson.gz'), '');
  await expect(found()).rejects.toThrow(/unpack/);
  // As much as the node itself asks for, and no less.
  writeFileSync(join(folder, 'Patient.ndjson'), '');
  await expect(found()).rejects.toThrow(/no DocumentReference, Condition file/);
  for (const type of ['DocumentReference', 'Condition']) writeFileSync(join(folder, `${type}.ndjson`), '');
  expect(await found()).toBe(`3 files in ${folder}`);
});

test('a FHIR server says its version; what is none, or of another version, is refused', async () => {
  said = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  expect(await fromServer()).toMatch(/^FHIR 4\.0\.1 at http/);
  said = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '5.0.0' });
  await expect(fromServer()).rejects.toThrow(/5\.0\.0, not R4/);
  said = '{}';
  await expect(fromServer()).rejects.toThrow(/no FHIR server/);
});
