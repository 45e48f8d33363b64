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
  await expect(findRecords({ kind: 'folder', recordsDir: folder })).rejects.toThrow(/no NDJSON/);
  writeFileSync(join(folder, 'Condition.ndjson'), '');
  await expect(findRecords({ kind: 'folder', recordsDir: folder })).rejects.toThrow(/no Patient\.ndjson/);
  rmSync(join(folder, 'Condition.ndjson'));
  writeFileSync(join(folder, 'Patient.ndjson'), '');
  expect(await findRecords({ kind: 'folder', recordsDir: folder })).toBe(`1 files in ${folder}`);
});

test('a FHIR server says its version; what is none, or of another version, is refused', async () => {
  said = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  expect(await fromServer()).toMatch(/^FHIR 4\.0\.1 at http/);
  said = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '5.0.0' });
  await expect(fromServer()).rejects.toThrow(/5\.0\.0, not R4/);
  said = '{}';
  await expect(fromServer()).rejects.toThrow(/no FHIR server/);
});
