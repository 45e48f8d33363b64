import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import type { RouterEnv } from '#lib/env';
import { withTwoFactors } from '#lib/identity/testing/second-factor';
import { testSignInKeys } from '#lib/identity/testing/sign-in-keys';
import { createTenant, createUser } from '#lib/identity/testing/tenant';
import { createLogger } from '#lib/log';
import { confirmWords } from '#lib/nodes/onboarding/confirm-words';
import { PREFLIGHT_PATH } from '#lib/nodes/onboarding/enrol-schemas';
import { inviteNode } from '#lib/nodes/onboarding/invite-node';
import { renewInvite } from '#lib/nodes/onboarding/renew-invite';
import type { InviteNode } from '#lib/nodes/onboarding/schemas';
import { type Authority, loadAuthority } from '#lib/nodes/pki/authority';
import { readTls } from '../../node/channel/tls-files.ts';
import { callRouter } from '../../node/enrol/call-router.ts';
import { awaitCertificate, enrol, wordsOf } from '../../node/enrol/enrol.ts';
import type { RouterContext } from '../context.ts';
import { listenOn, openChannelListener } from './channel-listener.ts';
import { serveEnrolment } from './enrolment-routes.ts';

const REASON = { reason: 'As agreed with the hospital' };
const WANTED: InviteNode = {
  hospital: {
    kind: 'new',
    name: 'St. Anna',
    regime: 'GDPR',
    region: 'eu-west-1',
    allowedRegions: ['eu-west-1'],
  },
  siteName: 'St. Anna',
  jurisdiction: 'Austria',
  ...{ shards: 8, lanes: 1, dataSize: 10, computeCapacity: '2xCPU', complianceLevel: 'GDPR' },
  endpoint: null,
  expiresInHours: 1,
};
const federationId = '11111111-1111-4111-8111-111111111111';

let database: TestDatabase;
let folder: string;
let authority: Authority;
let door: { port: number; close: () => void };
let admin: SessionActor;

/** The router's side of an enrolment, on `port` or any. */
async function openDoor(port = 0) {
  const env = { FDLR_PUBLIC_CHANNEL_URL: 'https://localhost:1' } as RouterEnv;
  const { server, close } = await openChannelListener(env, authority);
  const log = createLogger('test');
  log.level = 'silent';
  const keys = { identity: generateKeyPairSync('ed25519').privateKey };
  const context = { pool: database.pool, keys, log, defaults: { epsilon: 0.1, delta: 1e-5 } };
  serveEnrolment(server, context as RouterContext, { authority, federationId });
  await listenOn(server, '127.0.0.1', port);
  return { port: (server.address() as AddressInfo).port, close };
}

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fdlr-enrolment-'));
  authority = await loadAuthority(folder);
  door = await openDoor();
  await database.prisma.channelAuthority.create({
    data: {
      url: `https://127.0.0.1:${door.port}`,
      caPem: authority.pem,
      caFingerprint: authority.fingerprint,
    },
  });
});
afterAll(async () => {
  door?.close();
  await database?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  const tenant = await createTenant(database.prisma);
  const user = await createUser(database.prisma, tenant, 'admin');
  admin = (await withTwoFactors(database.prisma, user, testSignInKeys())).person;
});

const invited = () => inviteNode(database.prisma, admin, WANTED);
const hospital = () => mkdtempSync(join(folder, 'hospital-'));
const options = (dataDir: string, code: string | null) => ({
  router: new URL(`https://127.0.0.1:${door.port}`),
  caFingerprint: authority.fingerprint,
  code,
  dataDir,
});
async function confirmed(nodeId: string, words: string[]) {
  await confirmWords(database.prisma, admin, nodeId, { words: words.join(' ') });
}

test('a hospital whose reply was lost asks again with the same code, and reads the same words', async () => {
  const { code, nodeId } = await invited();
  const dataDir = hospital();
  const first = await enrol(options(dataDir, code));
  // As after a full disk, or a connection cut on the way back.
  rmSync(join(dataDir, 'enrolment.json'));
  const second = await enrol(options(dataDir, code));
  expect(second).toEqual(first);
  expect(second.reply.nodeId).toBe(nodeId);
});

test('an enrolment goes on without its code; a folder in which none was begun asks for one', async () => {
  const { code } = await invited();
  const dataDir = hospital();
  const begun = await enrol(options(dataDir, code));
  expect(await enrol(options(dataDir, null))).toEqual(begun);
  await expect(enrol(options(hospital(), null))).rejects.toThrow('--code');
});

test('once the invite is renewed, the folder says so, and takes the new code', async () => {
  const { code, nodeId } = await invited();
  const dataDir = hospital();
  const former = await enrol(options(dataDir, code));
  const renewed = await renewInvite(database.prisma, admin, nodeId, { expiresInHours: 1, ...REASON });
  await expect(awaitCertificate(former, dataDir, () => {})).rejects.toThrow('the invite was renewed');
  const again = await enrol(options(dataDir, renewed.code));
  await confirmed(nodeId, wordsOf(again, dataDir));
  await awaitCertificate(again, dataDir, () => {});
  expect(readFileSync(join(dataDir, 'tls.pem'), 'utf8')).toContain('BEGIN CERTIFICATE');
});

test('the folder of a node that has its certificate is not taken for another invite', async () => {
  const { code, nodeId } = await invited();
  const dataDir = hospital();
  const enrolment = await enrol(options(dataDir, code));
  await confirmed(nodeId, wordsOf(enrolment, dataDir));
  await awaitCertificate(enrolment, dataDir, () => {});
  const kept = readFileSync(join(dataDir, 'enrolment.json'), 'utf8');
  const other = await inviteNode(database.prisma, admin, {
    ...WANTED,
    hospital: { ...WANTED.hospital, name: 'St. Barbara' } as InviteNode['hospital'],
  });
  await expect(enrol(options(dataDir, other.code))).rejects.toThrow('a folder of its own');
  expect(readFileSync(join(dataDir, 'enrolment.json'), 'utf8')).toBe(kept);
});

test('a router that is away for a while is waited for; a key that was made anew has a request of its own', async () => {
  const { code, nodeId } = await invited();
  const dataDir = hospital();
  await enrol(options(dataDir, code));
  rmSync(join(dataDir, 'enrolment.json'));
  const request = readFileSync(join(dataDir, 'tls.csr'), 'utf8');
  rmSync(join(dataDir, 'tls.key'));
  // Another key is another request: that is a second use of the code.
  await expect(enrol(options(dataDir, code))).rejects.toThrow('was used before');
  expect(readFileSync(join(dataDir, 'tls.csr'), 'utf8')).not.toBe(request);

  const renewed = await renewInvite(database.prisma, admin, nodeId, { expiresInHours: 1, ...REASON });
  const enrolment = await enrol(options(dataDir, renewed.code));
  const { port } = door;
  door.close();
  const states: string[] = [];
  const certified = awaitCertificate(enrolment, dataDir, (state) => void states.push(state));
  await expect.poll(() => states).toEqual(['away']);
  door = await openDoor(port);
  await confirmed(nodeId, wordsOf(enrolment, dataDir));
  expect((await certified).certificate).not.toBeNull();
});

test('a node that only asks the time, before it reports, leaves the last report as it is', async () => {
  const { code, nodeId } = await invited();
  const dataDir = hospital();
  const enrolment = await enrol(options(dataDir, code));
  await confirmed(nodeId, wordsOf(enrolment, dataDir));
  await awaitCertificate(enrolment, dataDir, () => {});
  const tls = readTls({ dataDir, caFingerprint: authority.fingerprint });
  const report = (lines: object[]) =>
    callRouter(new URL(PREFLIGHT_PATH, options(dataDir, null).router), { lines }, tls);
  const kept = async () =>
    (await database.prisma.node.findUniqueOrThrow({ where: { id: nodeId } })).preflight;
  expect((await report([])).dateMs).not.toBeNull();
  expect(await kept()).toBeNull();
  const lines = [{ check: 'dns', outcome: 'failed', found: 'no such name', remedy: 'Ask for one' }];
  await report(lines);
  await report([]);
  expect(await kept()).toEqual(lines);
});

test('an enrolment that was begun before the code was noted goes on', async () => {
  const { code } = await invited();
  const dataDir = hospital();
  const { locator: _, ...begun } = await enrol(options(dataDir, code));
  writeFileSync(join(dataDir, 'enrolment.json'), JSON.stringify(begun));
  expect(await enrol(options(dataDir, code))).toEqual(begun);
});
