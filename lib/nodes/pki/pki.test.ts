import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, loadAuthority } from './authority.ts';
import { issueForServer, issueForSite } from './issue.ts';
import { newTlsKey } from './p256.ts';
import { makeRequest, readRequest } from './request.ts';
import { readSpiffe } from './spiffe.ts';

let folder: string;
let authority: Authority;
const site = {
  federationId: '0b9a7f62-8f7e-4a51-9d0c-7a9c0a4f7b11',
  nodeId: '3f0c7f62-8f7e-4a51-9d0c-7a9c0a4f7b11',
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-pki-'));
  authority = await loadAuthority(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes its authority once, for its owner alone', async () => {
  expect((await loadAuthority(folder)).fingerprint).toBe(authority.fingerprint);
  expect(statSync(join(folder, 'ca.key')).mode & 0o777).toBe(0o600);
  const x = new X509Certificate(authority.pem);
  expect(x.ca).toBe(true);
  expect(x.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(authority.fingerprint);
});

it("refuses a key that is not the authority's, and half of a pair", async () => {
  const other = mkdtempSync(join(tmpdir(), 'fdlr-pki-'));
  await loadAuthority(other);
  const mixed = { certFile: join(folder, 'ca.pem'), keyFile: join(other, 'ca.key') };
  await expect(loadAuthority(folder, mixed)).rejects.toThrow('is not the key of');
  await expect(loadAuthority(folder, { ...mixed, keyFile: undefined })).rejects.toThrow('belong together');
  rmSync(other, { recursive: true });
});

it('certifies a site by its own word, whatever the request says', async () => {
  const request = (await readRequest(await makeRequest(newTlsKey())))!;
  const issued = await issueForSite(authority, site, request.publicKey, new Date());
  const x = new X509Certificate(issued.pem);
  expect(readSpiffe(x.subjectAltName)).toEqual(site);
  expect(x.verify(new X509Certificate(authority.pem).publicKey)).toBe(true);
  expect(x.serialNumber.toLowerCase()).toBe(issued.serial);
  expect(x.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  const days = (issued.notAfter.getTime() - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);
});

it('takes no request that its own key did not sign, and no bytes that are none', async () => {
  const der = await makeRequest(newTlsKey());
  der[der.length - 5]! ^= 1;
  expect(await readRequest(der)).toBeNull();
  expect(await readRequest(Buffer.from('not a request'))).toBeNull();
});

it('reads no site from several names or another scheme', () => {
  const one = `URI:spiffe://${site.federationId}/site/${site.nodeId}`;
  expect(readSpiffe(one)).toEqual(site);
  expect(readSpiffe(`${one}, DNS:localhost`)).toBeNull();
  expect(readSpiffe(`DNS:x, ${one}`)).toBeNull();
  expect(readSpiffe(one.replace('spiffe', 'https'))).toBeNull();
  expect(readSpiffe(undefined)).toBeNull();
});

it('names the hosts of the channel', async () => {
  const server = await issueForServer(authority, ['router.example', '127.0.0.1', 'localhost'], new Date());
  const x = new X509Certificate(server.pem);
  expect(x.subjectAltName).toBe('DNS:router.example, IP Address:127.0.0.1, DNS:localhost');
});
