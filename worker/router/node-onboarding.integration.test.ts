import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Role, SessionActor } from '#lib/actor';
import { withTwoFactors } from '#lib/identity/testing/second-factor';
import { testSignInKeys } from '#lib/identity/testing/sign-in-keys';
import { approveAdmission } from '#lib/nodes/onboarding/approve-admission';
import { confirmWords } from '#lib/nodes/onboarding/confirm-words';
import { drainNode } from '#lib/nodes/onboarding/drain-node';
import { inviteNode } from '#lib/nodes/onboarding/invite-node';
import { orderRekey } from '#lib/nodes/onboarding/order-rekey';
import { proposeAdmission } from '#lib/nodes/onboarding/propose-admission';
import { revokeNode } from '#lib/nodes/onboarding/revoke-node';
import { pinsOf } from '#lib/nodes/pins-of';
import { awaitCertificate, enrol, wordsOf } from '../node/enrol/enrol.ts';
import { writeConfig } from '../node/enrol/write-config.ts';
import { startNode } from '../supervisor/start-federation.ts';
import { startTestFederation, type TestFederation } from '../testing/federation.ts';
import { post, shortAnswer, vote } from '../testing/questions.ts';

const reason = { reason: 'As agreed with the hospital' };
const keys = testSignInKeys();
let federation: TestFederation;
let folder: string;
beforeAll(async () => {
  federation = await startTestFederation();
  folder = mkdtempSync(join(tmpdir(), 'fdlr-enrol-'));
});
afterAll(async () => {
  await federation?.stop();
  rmSync(folder, { recursive: true });
});

const db = () => federation.database.prisma;
const router = () => new URL(`https://127.0.0.1:${federation.channelPort}`);
const query = async (text: string, values: unknown[]) =>
  (await federation.database.pool.query(text, values)).rows;

/** Somebody of the organisation that has this hospital, or of `Harbour Health`, with a second factor shown just now. */
const people = new Map<string, SessionActor>();
async function person(role: Role, ofNode?: string): Promise<SessionActor> {
  const from = ofNode
    ? { organisation: { hospitals: { some: { nodes: { some: { id: ofNode } } } } } }
    : { email: { contains: 'harbour' } };
  const user = await db().user.findFirstOrThrow({ where: { role, ...from } });
  const known = people.get(user.id);
  if (known) return known;
  const { id: userId, organisationId, departmentId, hospitalId } = user;
  const actor: SessionActor = {
    kind: 'session',
    sessionId: '',
    userId,
    organisationId,
    departmentId,
    hospitalId,
    role,
  };
  const signedIn = (await withTwoFactors(db(), actor, keys)).person;
  people.set(userId, signedIn);
  return signedIn;
}

test('a hospital enrols through its proxy, is admitted, renews its key without a cut, and is revoked at once', async () => {
  const [admin, dpo] = [await person('admin'), await person('dpo')];
  const { caFingerprint } = await db().channelAuthority.findFirstOrThrow();
  const invited = await inviteNode(db(), admin, {
    hospital: {
      kind: 'new',
      name: 'St. Anna',
      regime: 'GDPR',
      region: 'eu-west-1',
      allowedRegions: ['us-east-1'],
    },
    siteName: 'St. Anna',
    jurisdiction: 'Austria',
    ...{ shards: 8, lanes: 1, dataSize: 10, computeCapacity: '2xCPU', complianceLevel: 'GDPR' },
    endpoint: null,
    expiresInHours: 1,
  });
  const { code, nodeId } = invited;

  // Nothing is sent to whom the pinned authority does not vouch for: no attempt reaches the router.
  const other = { router: router(), caFingerprint: 'ab'.repeat(32), code, dataDir: join(folder, 'wrong') };
  await expect(enrol(other)).rejects.toThrow('not vouched for');
  expect(await query('SELECT 1 FROM node_enrolment_attempt WHERE node_id = $1', [nodeId])).toEqual([]);

  const proxy = await startProxy();
  vi.stubEnv('HTTPS_PROXY', proxy.url);
  const dataDir = join(folder, 'st-anna');
  const enrolment = await enrol({ ...other, caFingerprint, dataDir });
  expect(proxy.connects()).toBeGreaterThan(0);
  vi.unstubAllEnvs();
  await confirmWords(db(), admin, nodeId, { words: wordsOf(enrolment, dataDir).join(' ') });
  const { peers } = await awaitCertificate(enrolment, dataDir, () => {});
  expect(peers).toHaveLength(4);
  proxy.stop();
  const { id } = await proposeAdmission(db(), admin, nodeId, reason);
  await approveAdmission(db(), dpo, id, reason);

  // The records of one of the seeded hospitals stand in for its own.
  const recordsDir = join(federation.dataDir, 'hospitals', 'harbour', 'records');
  const config = await writeConfig(dataDir, enrolment, {
    recordsDir,
    purposes: ['clinical-decision-support'],
  });
  const node = startNode('St. Anna', config, join(federation.dataDir, 'logs'));
  const isConnected = async () =>
    (
      await query('SELECT tls_group FROM node_status WHERE node_id = $1 AND connected_since IS NOT NULL', [
        nodeId,
      ])
    )[0];
  await expect.poll(isConnected, { interval: 100 }).toEqual({ tls_group: 'X25519MLKEM768' });
  const heartbeat = () =>
    query('SELECT 1 FROM node_status WHERE node_id = $1 AND telemetry IS NOT NULL', [nodeId]);
  await expect.poll(heartbeat, { interval: 100 }).toHaveLength(1);
  // It has pinned nobody yet; the seeded hospitals have pinned each other and not it.
  const pins = () => pinsOf(db(), nodeId);
  await expect.poll(pins, { interval: 100 }).toEqual({ others: 4, by: 0, own: 0, both: 0 });
  const { id: seeded } = await db().node.findFirstOrThrow({
    where: { id: { not: nodeId }, state: 'admitted' },
  });
  await expect
    .poll(() => pinsOf(db(), seeded), { interval: 100 })
    .toEqual({ others: 4, by: 3, own: 3, both: 3 });

  const bundle = () => readFileSync(join(dataDir, 'tls.pem'), 'utf8');
  const former = bundle();
  await orderRekey(db(), admin, nodeId, reason);
  const asked = Array.from({ length: 4 }, () =>
    post(federation, '/chat/completions', vote({ privacy: { epsilon: 0.5 } })),
  );
  await expect.poll(bundle, { interval: 100 }).not.toBe(former);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(
    await query('SELECT count(*)::int AS count FROM node_certificate WHERE node_id = $1', [nodeId]),
  ).toEqual([{ count: 2 }]);
  expect(await isConnected()).toBeDefined();

  await revokeNode(db(), admin, nodeId, reason);
  const refusals = async () =>
    (await query('SELECT code FROM node_enrolment_attempt WHERE node_id = $1', [nodeId])).map(
      (row) => row.code,
    );
  await expect.poll(refusals, { interval: 100 }).toContain('certificate_revoked');
  await expect.poll(isConnected, { interval: 100 }).toBeUndefined();
  await node.stop();
});

test('a hospital that drains finishes the answer it is in, is in no new cohort, and comes back by two people', async () => {
  const ours = federation.seeded.nodes.map(({ id }) => id);
  const receipts = async (nodeId: string): Promise<number> =>
    (await query('SELECT count(*)::int AS count FROM node_receipt WHERE node_id = $1', [nodeId]))[0].count;
  const stateOf = async (nodeId: string) =>
    (await query('SELECT state::text FROM node WHERE id = $1', [nodeId]))[0].state;

  const had = new Map<string, number>();
  for (const id of ours) had.set(id, spentBy(id));
  const stream = await federation.openai.chat.completions.create({ ...shortAnswer(), stream: true });
  let drained: string | undefined;
  let tokens: unknown;
  for await (const chunk of stream) {
    tokens = (chunk as { privacy?: { drawn: { tokens: number } } }).privacy?.drawn.tokens ?? tokens;
    if (drained) continue;
    // One that has spent on this very answer.
    drained = ours.find((id) => spentBy(id) > had.get(id)!);
    if (drained) await drainNode(db(), await person('admin', drained), drained, reason);
  }
  expect(drained).toBeDefined();
  expect(tokens).toBeGreaterThan(1);
  // Every token has its receipt: it was asked to the end.
  expect(spentBy(drained!) - had.get(drained!)!).toBe(tokens);
  expect(await stateOf(drained!)).toBe('draining');

  const before = await receipts(drained!);
  for (let i = 0; i < 3; i++)
    expect((await post(federation, '/chat/completions', vote({ privacy: { epsilon: 0.5 } }))).status).toBe(
      200,
    );
  expect(await receipts(drained!)).toBe(before);
  expect(
    await query('SELECT 1 FROM node_status WHERE node_id = $1 AND connected_since IS NOT NULL', [drained]),
  ).toHaveLength(1);

  const { id } = await proposeAdmission(db(), await person('admin', drained), drained!, reason);
  await approveAdmission(db(), await person('dpo', drained), id, reason);
  expect(await stateOf(drained!)).toBe('admitted');
});

/** How many rounds a seeded hospital has spent on, by its own log. */
function spentBy(nodeId: string): number {
  const { configFile } = federation.seeded.nodes.find((node) => node.id === nodeId)!;
  const { dataDir } = JSON.parse(readFileSync(configFile, 'utf8')) as { dataDir: string };
  return readFileSync(join(dataDir, 'spend-log.ndjson'), 'utf8').split('\n').filter(Boolean).length;
}

test('a revoked hospital is cut off at once: its next call is refused as such, in the log too, and nobody asks it', async () => {
  const admin = await person('admin');
  const [{ id: nodeId }] = await query(
    'SELECT n.id FROM node n JOIN hospital h ON h.id = n.hospital_id WHERE h.organisation_id = $1 AND n.state = $2',
    [admin.organisationId, 'admitted'],
  );
  await revokeNode(db(), admin, nodeId, reason);
  const refused = async () =>
    (
      await query("SELECT entry FROM audit_leaf WHERE type = 'node.refused' AND subject_id = $1", [nodeId])
    ).map(({ entry }) => JSON.parse(entry.toString('utf8')).code);
  await expect.poll(refused, { interval: 20 }).toContain('certificate_revoked');
  const spent = spentBy(nodeId);
  for (let i = 0; i < 4; i++)
    expect((await post(federation, '/chat/completions', vote({ privacy: { epsilon: 0.5 } }))).status).toBe(
      200,
    );
  expect(spentBy(nodeId)).toBe(spent);
});

/** A proxy as hospitals have it: CONNECT and nothing else. */
async function startProxy() {
  let connects = 0;
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, client) => {
    connects++;
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, connects: () => connects, stop };
}
