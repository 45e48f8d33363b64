import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import { integrate } from '#lib/audit-log/integrate';
import { keyInMemory } from '#lib/crypto/key-custody';
import { listen } from '#lib/db/listen';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { setActive } from '#lib/identity/members/set-active';
import { createSession, findSessionActor, revokeSession } from '#lib/identity/sessions';
import {
  createAccount,
  createHospital,
  createRequest,
  createTenant,
  createUser,
} from '#lib/identity/testing/tenant';
import { LEAVES_CHANNEL } from '../audit-log/leaves-channel.ts';
import { liveEventStream } from './event-stream.ts';
import { LiveHub } from './live-hub.ts';
import { follow, serveStreams } from './testing-stream.ts';

const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
let database: TestDatabase;
let hub: LiveHub;
let dpo: SessionActor;
let clinician: SessionActor;
let foreignDpo: SessionActor;
let admin: SessionActor;
let colleague: SessionActor;
let datasetAccountId: string;
let userAccountId: string;
let foreignAccountId: string;
const readers: { stop: () => void }[] = [];
const servers: { close: () => Promise<void> }[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const { prisma } = database;
  const here = await createTenant(prisma);
  const there = await createTenant(prisma);
  const signIn = async (actor: SessionActor) => ({
    ...actor,
    sessionId: await createSession(prisma, actor.userId),
  });
  dpo = await signIn(await createUser(prisma, here, 'dpo'));
  clinician = await signIn(await createUser(prisma, here, 'clinician'));
  colleague = await createUser(prisma, here, 'clinician');
  admin = await signIn(await createUser(prisma, here, 'admin'));
  foreignDpo = await signIn(await createUser(prisma, there, 'dpo'));
  datasetAccountId = await createAccount(prisma, here.organisationId, 'dataset', randomUUID(), '2026');
  userAccountId = await createAccount(prisma, here.organisationId, 'user', clinician.userId, '2026');
  foreignAccountId = await createAccount(prisma, there.organisationId, 'dataset', randomUUID(), '2026');
});
beforeEach(() => {
  hub = new LiveHub({
    db: database.prisma,
    listen: (wake) => listen(database.url, LEAVES_CHANNEL, wake),
    onError: (error) => console.error(error),
    // Notifications alone, so that a test that passes has had one.
    pollMs: 600_000,
    nodesMs: 100,
  });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.stop();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => database.close());

async function settled(requestId: string, accountIds: string[]): Promise<void> {
  const accounts = accountIds.map((accountId) => ({ accountId, rhoPico: '1' }));
  const event: AuditEvent = {
    v: 1,
    atMs: Date.now(),
    type: 'ledger.release',
    requestId,
    code: 'test',
    accounts,
  };
  await transaction(database.pool, (client) => appendLeaf(client, event, requestId));
}

async function reader(actor: SessionActor, lastId: string | null = null, heartbeatMs = 600_000) {
  const server = await serveStreams((after, signal) =>
    liveEventStream({
      hub,
      actor,
      after: after === null ? null : BigInt(after),
      recheck: () => findSessionActor(database.prisma, actor.sessionId),
      signal,
      onEnd: () => {},
      heartbeatMs,
    }),
  );
  servers.push(server);
  const opened = await follow(server.url, lastId);
  readers.push(opened);
  await expect.poll(() => opened.messages.length).toBeGreaterThan(0);
  return opened;
}

const changesOf = (one: Awaited<ReturnType<typeof reader>>) =>
  one.messages
    .filter(({ event }) => event === 'change')
    .map(({ data }) => (data as { changes: unknown }).changes);
const soon = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 20 });
const integrateAll = () => integrate(database.pool, signer);

it('each reader hears at once of what it may open, and of nothing else', async () => {
  const [overseer, asker, foreigner] = await Promise.all([
    reader(dpo),
    reader(clinician),
    reader(foreignDpo),
  ]);
  const own = await createRequest(database.prisma, clinician);
  const foreign = await createRequest(database.prisma, foreignDpo);
  // Somebody elsewhere asks, and this hospital's records answer too.
  await settled(foreign, [datasetAccountId, foreignAccountId]);
  await settled(own, [datasetAccountId, userAccountId]);
  await integrateAll();

  await soon(() => expect(changesOf(asker)).toHaveLength(1));
  expect(changesOf(asker)).toEqual([
    [
      { type: 'request', id: own },
      { type: 'account', id: userAccountId },
    ],
  ]);
  await soon(() => expect(changesOf(overseer)).toHaveLength(2));
  expect(changesOf(overseer)).toEqual([
    [{ type: 'account', id: datasetAccountId }],
    [
      { type: 'request', id: own },
      { type: 'account', id: datasetAccountId },
      { type: 'account', id: userAccountId },
    ],
  ]);
  await soon(() => expect(changesOf(foreigner)).toHaveLength(1));
  expect(changesOf(foreigner)).toEqual([
    [
      { type: 'request', id: foreign },
      { type: 'account', id: foreignAccountId },
    ],
  ]);
});

it('a member that is changed is told of by id, never by what the log calls them, and not elsewhere', async () => {
  const [overseer, foreigner] = await Promise.all([reader(admin), reader(foreignDpo, null, 50)]);
  const before = Number(foreigner.lastId);
  await setActive(database.prisma, admin, colleague.userId, { active: false, reason: 'Left the hospital' });
  await setActive(database.prisma, admin, colleague.userId, { active: true, reason: 'Came back' });
  await integrateAll();
  await soon(() => expect(changesOf(overseer)).toHaveLength(2));
  const change = { type: 'member', id: colleague.userId };
  expect(changesOf(overseer)).toEqual([[change], [change]]);
  await soon(() => expect(Number(foreigner.lastId)).toBe(before + 2));
  expect(changesOf(foreigner)).toEqual([]);
});

it('a reader that comes back gets all it missed, once and in order', async () => {
  const asked = await Promise.all([1, 2, 3, 4, 5].map(() => createRequest(database.prisma, clinician)));
  const first = await reader(dpo);
  for (const id of asked.slice(0, 2)) await settled(id, []);
  await integrateAll();
  await soon(() => expect(changesOf(first)).toHaveLength(2));
  first.stop();

  for (const id of asked.slice(2, 4)) await settled(id, []);
  await integrateAll();
  const second = await reader(dpo, first.lastId);
  await settled(asked[4]!, []);
  await integrateAll();
  await soon(() => expect(changesOf(second)).toHaveLength(3));
  const seen = [...changesOf(first), ...changesOf(second)].flat() as { id: string }[];
  expect(seen.map(({ id }) => id)).toEqual(asked);
});

it('one that comes back from elsewhere, or from far too long ago, is told to begin anew', async () => {
  const ahead = await reader(dpo, '999999');
  expect(ahead.messages[0]).toMatchObject({ event: 'reset' });
  expect(ahead.lastId).toBe(String(await hub.head()));
});

it('what was not the reader’s still moves its cursor on', async () => {
  const foreigner = await reader(foreignDpo, null, 50);
  const before = foreigner.lastId;
  await settled(await createRequest(database.prisma, clinician), []);
  await integrateAll();
  await soon(() => expect(Number(foreigner.lastId)).toBe(Number(before) + 1));
  expect(changesOf(foreigner)).toEqual([]);
});

it('a session that is revoked ends its stream', async () => {
  const session = { ...dpo, sessionId: await createSession(database.prisma, dpo.userId) };
  const revoked = await reader(session, null, 50);
  await revokeSession(database.prisma, session.sessionId);
  await soon(() => expect(revoked.ended).toBe(true));
  expect(revoked.messages.at(-1)).toMatchObject({ event: 'ended' });
});

it('tells of nodes without an id, and lets go of everything when the last reader leaves', async () => {
  const nodeId = randomUUID();
  await database.prisma.node.create({
    data: {
      id: nodeId,
      hospitalId: await createHospital(database.prisma, dpo.organisationId),
      name: 'node',
      state: 'admitted',
      shards: 8,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  const [overseer, asker] = await Promise.all([reader(dpo), reader(clinician)]);
  const look = vi.fn(async () => {
    await database.prisma.nodeStatus.upsert({
      where: { nodeId },
      create: { nodeId, replica: 'router-0', probedAt: new Date() },
      update: { probedAt: new Date() },
    });
    expect(changesOf(overseer)).toContainEqual([{ type: 'node', id: nodeId }]);
  });
  await vi.waitFor(look, { timeout: 60_000, interval: 150 });
  expect(overseer.messages.find(({ event }) => event === 'change')?.id).toBeNull();
  expect(changesOf(asker)).toEqual([]);

  overseer.stop();
  asker.stop();
  await soon(() => expect(hub.listeners).toBe(0));
});
