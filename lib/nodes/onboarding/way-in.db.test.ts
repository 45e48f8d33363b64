import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ForbiddenError, NotFoundError } from '#lib/errors';
import { leavesAbout, pseudonymOf } from '#lib/identity/testing/leaves';
import { withTwoFactors } from '#lib/identity/testing/second-factor';
import { testSignInKeys } from '#lib/identity/testing/sign-in-keys';
import { createTenant, createUser } from '#lib/identity/testing/tenant';
import { admissionMeaning } from './admission-meaning.ts';
import { approveAdmission } from './approve-admission.ts';
import { confirmWords } from './confirm-words.ts';
import { drainNode } from './drain-node.ts';
import { getOnboarding } from './get-onboarding.ts';
import { invitableHospitals } from './invitable-hospitals.ts';
import { inviteNode } from './invite-node.ts';
import { listAdmissions } from './list-admissions.ts';
import { orderRekey } from './order-rekey.ts';
import { proposeAdmission } from './propose-admission.ts';
import { rejectAdmission } from './reject-admission.ts';
import { revokeNode } from './revoke-node.ts';
import type { InviteNode } from './schemas.ts';
import { suspendNode } from './suspend-node.ts';
import { withdrawAdmission } from './withdraw-admission.ts';
import { withdrawInvite } from './withdraw-invite.ts';

const REASON = { reason: 'For a test of the way in' };
const KEYS = testSignInKeys();
let database: TestDatabase;
let admin: SessionActor;
let dpo: SessionActor;
let operator: SessionActor;
let clinician: SessionActor;
let stranger: SessionActor;
let strangeDpo: SessionActor;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  const [one, two] = [await createUser(db, tenant, 'admin'), await createUser(db, tenant, 'dpo')];
  admin = (await withTwoFactors(db, one, KEYS)).person;
  dpo = (await withTwoFactors(db, two, KEYS)).person;
  operator = await createUser(db, tenant, 'node_operator');
  clinician = await createUser(db, tenant, 'clinician');
  const elsewhere = await createTenant(db);
  stranger = await createUser(db, elsewhere, 'admin');
  strangeDpo = await createUser(db, elsewhere, 'dpo');
  await db.channelAuthority.create({
    data: { url: 'https://router.example:3003', caPem: 'pem', caFingerprint: 'ab'.repeat(32) },
  });
});
afterAll(() => database?.close());

const invite = (hospital: InviteNode['hospital']): InviteNode => ({
  hospital,
  siteName: `Site ${randomUUID().slice(0, 8)}`,
  jurisdiction: 'Ireland',
  shards: 64,
  lanes: 2,
  dataSize: 2_014,
  computeCapacity: '16xA100',
  complianceLevel: 'GDPR',
  endpoint: null,
  expiresInHours: 24,
});
const NEW = {
  kind: 'new' as const,
  regime: 'GDPR' as const,
  region: 'eu-west-1',
  allowedRegions: ['eu-west-1'],
};
const another = () => invite({ ...NEW, name: `Hospital ${randomUUID().slice(0, 8)}` });

/** As the router does when the node posts its request with the code. */
async function enrol(nodeId: string) {
  const db = database.prisma;
  await db.node.update({
    where: { id: nodeId },
    data: { state: 'pending', csr: randomBytes(80), identityKey: randomBytes(32), enrolledAt: new Date() },
  });
}

/** As the router does when a certified node asks for its certificate. */
async function certificateOf(nodeId: string) {
  const from = new Date();
  const until = new Date(from.getTime() + 30 * 86_400_000);
  const dates = { notBefore: from, notAfter: until, keySince: from };
  const serial = randomBytes(16).toString('hex');
  const fingerprint = randomBytes(32).toString('hex');
  const spkiSha256 = randomBytes(32);
  await database.prisma.nodeCertificate.create({
    data: { ...dates, serial, fingerprint, spkiSha256, nodeId, pem: 'pem' },
  });
}

async function certified() {
  const db = database.prisma;
  const { nodeId } = await inviteNode(db, admin, another());
  await enrol(nodeId);
  const { words } = await getOnboarding(db, admin, nodeId);
  await confirmWords(db, admin, nodeId, { words: words!.join(', ').toUpperCase() });
  await certificateOf(nodeId);
  return nodeId;
}

async function admitted() {
  const nodeId = await certified();
  const { id } = await proposeAdmission(database.prisma, admin, nodeId, REASON);
  await approveAdmission(database.prisma, dpo, id, REASON);
  return nodeId;
}

const stepsOf = async (nodeId: string) => {
  const { steps } = await getOnboarding(database.prisma, admin, nodeId);
  return Object.fromEntries(steps.map(({ step, state }) => [step, state]));
};
const typesAbout = async (id: string) => (await leavesAbout(database.prisma, id)).map(({ type }) => type);

it('a node comes in: invited, enrolled, compared, certified, proposed by one person and admitted by another', async () => {
  const db = database.prisma;
  const made = await inviteNode(db, admin, another());
  const { nodeId } = made;
  expect(made.command).toContain(`--router https://router.example:3003 --ca-fingerprint ${'ab'.repeat(32)}`);
  expect(made.command).toContain(made.code);
  // The code is nowhere but in what the one who invited was answered.
  expect(JSON.stringify(await getOnboarding(db, admin, nodeId))).not.toContain(made.code);
  expect(await stepsOf(nodeId)).toMatchObject({ invite: 'done', enrol: 'now', compare: 'waiting' });

  await enrol(nodeId);
  expect(await stepsOf(nodeId)).toMatchObject({ enrol: 'done', compare: 'now' });
  const { words } = await getOnboarding(db, admin, nodeId);
  expect(words).toHaveLength(6);
  const wrong = { words: ['zebra', ...words!.slice(1)].join(' ') };
  await expect(confirmWords(db, admin, nodeId, wrong)).rejects.toMatchObject({ code: 'words_differ' });
  await confirmWords(db, admin, nodeId, { words: words!.join(' ') });
  expect(await stepsOf(nodeId)).toMatchObject({ compare: 'done', certificate: 'now' });
  await expect(proposeAdmission(db, admin, nodeId, REASON)).rejects.toMatchObject({ code: 'no_certificate' });
  await certificateOf(nodeId);

  const meaning = await admissionMeaning(db, dpo, nodeId);
  expect(meaning).toMatchObject({ patients: 2_014, shards: 64, capEpsilon: 10, hasAccount: false });
  const { id } = await proposeAdmission(db, admin, nodeId, REASON);
  await expect(proposeAdmission(db, admin, nodeId, REASON)).rejects.toMatchObject({
    code: 'already_proposed',
  });
  const { waiting } = await listAdmissions(db, dpo);
  expect(waiting).toContainEqual(expect.objectContaining({ id, nodeId, isOwn: false, isReturn: false }));
  await expect(approveAdmission(db, admin, id, REASON)).rejects.toThrow(ForbiddenError);
  await approveAdmission(db, dpo, id, REASON);
  await expect(rejectAdmission(db, dpo, id, REASON)).rejects.toMatchObject({ code: 'already_decided' });

  const after = await getOnboarding(db, admin, nodeId);
  expect(after.state).toBe('admitted');
  expect(after.transitions.map(({ to }) => to)).toEqual(['invited', 'certified', 'admitted']);
  expect(after.transitions.at(-1)).toMatchObject({ by: 'Test dpo', reason: REASON.reason });
  const opened = await admissionMeaning(db, dpo, nodeId);
  expect(opened.hasAccount).toBe(true);
  expect(opened.capEpsilon).toBeCloseTo(10, 6);
  expect((await listAdmissions(db, dpo)).decided).toContainEqual(
    expect.objectContaining({ id, state: 'approved', decidedBy: 'Test dpo' }),
  );
  const leaves = await leavesAbout(db, nodeId);
  expect(leaves).toContainEqual(
    expect.objectContaining({ type: 'node.invited', by: await pseudonymOf(db, admin.userId) }),
  );
  expect(leaves).toContainEqual(
    expect.objectContaining({
      type: 'node.transition',
      to: 'admitted',
      by: await pseudonymOf(db, dpo.userId),
    }),
  );
  // Reasons are people's words: the log has their ids only.
  expect(JSON.stringify(leaves)).not.toContain(REASON.reason);
});

it('nobody but those whose part it is does anything, and another organisation finds nothing', async () => {
  const db = database.prisma;
  const nodeId = await certified();
  const { id } = await proposeAdmission(db, admin, nodeId, REASON);
  for (const actor of [clinician, operator]) {
    await expect(inviteNode(db, actor, another())).rejects.toThrow(ForbiddenError);
    await expect(invitableHospitals(db, actor)).rejects.toThrow(ForbiddenError);
    for (const verb of [drainNode, suspendNode, revokeNode, orderRekey, withdrawInvite])
      await expect(verb(db, actor, nodeId, REASON), verb.name).rejects.toThrow(ForbiddenError);
    await expect(confirmWords(db, actor, nodeId, { words: 'a b c' })).rejects.toThrow(ForbiddenError);
    await expect(approveAdmission(db, actor, id, REASON)).rejects.toThrow(ForbiddenError);
    await expect(withdrawAdmission(db, actor, id)).rejects.toThrow(ForbiddenError);
  }
  for (const verb of [drainNode, suspendNode, revokeNode, orderRekey, withdrawInvite])
    await expect(verb(db, stranger, nodeId, REASON), verb.name).rejects.toThrow(NotFoundError);
  await expect(getOnboarding(db, stranger, nodeId)).rejects.toThrow(NotFoundError);
  await expect(getOnboarding(db, operator, nodeId)).rejects.toThrow(NotFoundError);
  await expect(admissionMeaning(db, stranger, nodeId)).rejects.toThrow(NotFoundError);
  await expect(approveAdmission(db, strangeDpo, id, REASON)).rejects.toThrow(NotFoundError);
  await expect(rejectAdmission(db, strangeDpo, id, REASON)).rejects.toThrow(NotFoundError);
  await expect(withdrawAdmission(db, stranger, id)).rejects.toThrow(NotFoundError);
  await expect(listAdmissions(db, operator)).rejects.toThrow(ForbiddenError);
  expect(await listAdmissions(db, clinician)).toEqual({ waiting: [], decided: [] });
  expect((await listAdmissions(db, stranger)).waiting).toEqual([]);
  expect((await getOnboarding(db, admin, nodeId)).state).toBe('certified');
});

it('a hospital has one node at a time; after a revocation it is invited anew, with its shards and its account', async () => {
  const db = database.prisma;
  const nodeId = await admitted();
  const { hospitalId, datasetId } = await db.node.findUniqueOrThrow({ where: { id: nodeId } });
  const hospital = { kind: 'existing' as const, hospitalId };
  await expect(inviteNode(db, admin, invite(hospital))).rejects.toMatchObject({ code: 'hospital_has_node' });
  await expect(inviteNode(db, stranger, invite(hospital))).rejects.toThrow(NotFoundError);
  await revokeNode(db, admin, nodeId, REASON);
  expect(await typesAbout(nodeId)).toEqual(
    expect.arrayContaining(['node.certificates_revoked', 'node.key_epoch']),
  );
  expect((await getOnboarding(db, admin, nodeId)).next).toEqual([]);
  const { free } = await invitableHospitals(db, admin);
  expect(free).toContainEqual(expect.objectContaining({ id: hospitalId, shards: 64 }));
  const others = { ...invite(hospital), shards: 32 };
  await expect(inviteNode(db, admin, others)).rejects.toMatchObject({ code: 'shards_fixed' });
  const again = await inviteNode(db, admin, invite(hospital));
  expect((await db.node.findUniqueOrThrow({ where: { id: again.nodeId } })).datasetId).toBe(datasetId);
  expect((await admissionMeaning(db, admin, again.nodeId)).hasAccount).toBe(true);
});

it('a hospital is entered once: under its own name, however written, it is no new one with a budget as if unspent', async () => {
  const db = database.prisma;
  const wanted = another();
  const { nodeId } = await inviteNode(db, admin, wanted);
  const { name } = wanted.hospital as { name: string };
  const renamed = (text: string) => invite({ ...NEW, name: text });
  for (const again of [name, ` ${name.toUpperCase()} `, name.replace(' ', '  ')])
    await expect(inviteNode(db, admin, renamed(again))).rejects.toMatchObject({ code: 'hospital_known' });
  // Another organisation's hospitals are not told of.
  const { organisationId } = stranger;
  await inviteNode(db, stranger, renamed(name));
  expect(await db.hospital.count({ where: { organisationId, name } })).toBe(1);
  // Before the first admission nothing was spent: a number of shards that was mistyped is put right.
  await withdrawInvite(db, admin, nodeId, REASON);
  const { hospitalId } = await db.node.findUniqueOrThrow({ where: { id: nodeId } });
  await inviteNode(db, admin, { ...invite({ kind: 'existing', hospitalId }), shards: 32 });
});

it('drained and suspended nodes come back by two people; a rejected proposal changes nothing', async () => {
  const db = database.prisma;
  const nodeId = await admitted();
  await drainNode(db, admin, nodeId, REASON);
  const first = await proposeAdmission(db, admin, nodeId, REASON);
  expect((await listAdmissions(db, admin)).waiting).toContainEqual(
    expect.objectContaining({ id: first.id, isReturn: true, isOwn: true }),
  );
  await rejectAdmission(db, dpo, first.id, REASON);
  expect((await getOnboarding(db, admin, nodeId)).state).toBe('draining');
  const second = await proposeAdmission(db, admin, nodeId, REASON);
  await suspendNode(db, admin, nodeId, REASON);
  // Whoever approves decides on the node as it was: a suspension takes the proposal with it.
  await expect(approveAdmission(db, dpo, second.id, REASON)).rejects.toMatchObject({
    code: 'already_decided',
  });
  const third = await proposeAdmission(db, admin, nodeId, REASON);
  await approveAdmission(db, dpo, third.id, REASON);
  await orderRekey(db, admin, nodeId, REASON);
  expect((await getOnboarding(db, admin, nodeId)).rekeyOrderedAt).not.toBeNull();
  expect(await typesAbout(nodeId)).toContain('node.rekey_ordered');
  await expect(drainNode(db, admin, await certified(), REASON)).rejects.toMatchObject({ code: 'node_state' });
});
