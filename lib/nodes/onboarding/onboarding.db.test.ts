import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionActor } from '../../actor.ts';
import { countPending } from '../../budgets/changes/pending-decisions.ts';
import { rawPublicKey } from '../../crypto/key-files.ts';
import { type TestDatabase, testDatabase } from '../../db/testing.ts';
import { leavesAbout } from '../../identity/testing/leaves.ts';
import { withTwoFactors } from '../../identity/testing/second-factor.ts';
import { testSignInKeys } from '../../identity/testing/sign-in-keys.ts';
import { createTenant, createUser, type Tenant } from '../../identity/testing/tenant.ts';
import { currentKeyEpoch } from '../key-epoch.ts';
import { type Authority, loadAuthority } from '../pki/authority.ts';
import { newTlsKey } from '../pki/p256.ts';
import { makeRequest } from '../pki/request.ts';
import { approveAdmission } from './approve-admission.ts';
import { confirmWords } from './confirm-words.ts';
import { drainNode } from './drain-node.ts';
import { enrolNode } from './enrol-node.ts';
import { signEnrolment, signStatus } from './enrol-proof.ts';
import { enrolmentStatus } from './enrolment-status.ts';
import { getOnboarding, MAX_WRONG_CODES } from './get-onboarding.ts';
import { codeProof, readInviteCode } from './invite-code.ts';
import { inviteNode } from './invite-node.ts';
import { orderRekey } from './order-rekey.ts';
import { proposeAdmission } from './propose-admission.ts';
import { rejectAdmission } from './reject-admission.ts';
import { renewInvite } from './renew-invite.ts';
import { revokeNode } from './revoke-node.ts';
import type { InviteNode } from './schemas.ts';
import { suspendNode } from './suspend-node.ts';
import { withdrawAdmission } from './withdraw-admission.ts';
import { withdrawInvite } from './withdraw-invite.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const reason = { reason: 'As agreed with the hospital' };
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
  shards: 64,
  lanes: 2,
  dataSize: 1000,
  computeCapacity: '16xA100',
  complianceLevel: 'ISO 27001',
  endpoint: null,
  expiresInHours: 72,
};

let database: TestDatabase;
let folder: string;
let authority: Authority;
let federationId: string;
let tenant: Tenant;
let admin: SessionActor;
let dpo: SessionActor;
let stranger: SessionActor;
const keys = testSignInKeys();
const db = () => database.prisma;

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'fdlr-onboarding-'));
  authority = await loadAuthority(folder);
  federationId = randomUUID();
  await db().channelAuthority.create({
    data: { url: 'https://localhost:1', caPem: authority.pem, caFingerprint: authority.fingerprint },
  });
  const elsewhere = await createTenant(db());
  stranger = (await withTwoFactors(db(), await createUser(db(), elsewhere, 'admin'), keys, NOW)).person;
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  tenant = await createTenant(db());
  admin = (await withTwoFactors(db(), await createUser(db(), tenant, 'admin'), keys, NOW)).person;
  dpo = (await withTwoFactors(db(), await createUser(db(), tenant, 'dpo'), keys, NOW)).person;
});

type Agent = { identity: KeyObject; csr: Buffer };
async function agent(): Promise<Agent> {
  return { identity: generateKeyPairSync('ed25519').privateKey, csr: await makeRequest(newTlsKey()) };
}

function requestOf({ identity, csr }: Agent, code: string, clock = NOW) {
  const { locator, signingKey } = readInviteCode(code)!;
  const identityKey = rawPublicKey(identity);
  return {
    locator,
    proof: codeProof(signingKey, csr, identityKey).toString('hex'),
    csr: csr.toString('base64'),
    identityKey: identityKey.toString('hex'),
    signature: signEnrolment(csr, authority.fingerprint, identity),
    build: 'test',
    clockMs: clock.getTime(),
  };
}
const enrol = (who: Agent, code: string, at = NOW) =>
  enrolNode(database.pool, requestOf(who, code, at), authority.fingerprint, at);
const poll = ({ identity }: Agent, nodeId: string) => {
  const clockMs = NOW.getTime();
  const signature = signStatus(nodeId, clockMs, authority.fingerprint, identity);
  return enrolmentStatus(database.pool, { nodeId, clockMs, signature }, { authority, federationId }, NOW);
};
const wordsOf = async (nodeId: string) => (await getOnboarding(db(), admin, nodeId, NOW)).words!.join(' ');
const stateOf = async (id: string) => (await db().node.findUniqueOrThrow({ where: { id } })).state;
const attempts = async (nodeId: string) =>
  (await db().nodeEnrolmentAttempt.findMany({ where: { nodeId }, orderBy: { at: 'asc' } })).map(
    ({ code }) => code,
  );

/** As far as its certificate. */
async function certified() {
  const invited = await inviteNode(db(), admin, WANTED, NOW);
  const node = await agent();
  await enrol(node, invited.code);
  await confirmWords(db(), admin, invited.nodeId, { words: await wordsOf(invited.nodeId) }, NOW);
  const { certificate } = await poll(node, invited.nodeId);
  return { ...invited, node, certificate };
}

async function admitted() {
  const one = await certified();
  const { id } = await proposeAdmission(db(), admin, one.nodeId, reason, NOW);
  await approveAdmission(db(), dpo, id, reason, NOW);
  return one;
}

describe('the way in', () => {
  it('takes two people, six words and a code, and opens the dataset account', async () => {
    const { nodeId, certificate } = await admitted();
    expect(certificate).toContain('BEGIN CERTIFICATE');
    const node = await db().node.findUniqueOrThrow({ where: { id: nodeId } });
    expect(node.state).toBe('admitted');
    expect(
      await db().account.count({ where: { kind: 'dataset', ownerId: node.datasetId, period: '2026' } }),
    ).toBe(1);
    const events = await leavesAbout(db(), nodeId);
    expect(events.map(({ type }) => type)).toEqual([
      'node.transition',
      'node.invited',
      'node.transition',
      'node.pinned',
      'node.transition',
      'node.certificate_issued',
      'node.admission_proposed',
      'node.admission_closed',
      'node.transition',
    ]);
    const onboarding = await getOnboarding(db(), admin, nodeId, NOW);
    expect(onboarding.transitions.map(({ to }) => to)).toEqual([
      'invited',
      'pending',
      'certified',
      'admitted',
    ]);
    expect(Object.fromEntries(onboarding.steps.map(({ step, state }) => [step, state]))).toMatchObject({
      invite: 'done',
      enrol: 'done',
      compare: 'done',
      certificate: 'done',
      admit: 'done',
    });
  });

  it('shows the code nowhere and stores its hash alone', async () => {
    const { nodeId, code, command } = await inviteNode(db(), admin, WANTED, NOW);
    expect(command).toContain(`--ca-fingerprint ${authority.fingerprint} --code ${code}`);
    const secret = code.replaceAll('-', '').slice(8);
    const rows = await database.pool.query('SELECT i::text FROM node_invite i WHERE node_id = $1', [nodeId]);
    expect(JSON.stringify(rows.rows)).not.toContain(secret);
    expect(JSON.stringify(await getOnboarding(db(), admin, nodeId, NOW))).not.toContain(secret);
  });

  it('waits for the second person, who is told, and never is the first', async () => {
    const { nodeId } = await certified();
    const { id } = await proposeAdmission(db(), admin, nodeId, reason, NOW);
    expect(await countPending(db(), dpo)).toBe(1);
    expect(await countPending(db(), admin)).toBe(0);
    await expect(proposeAdmission(db(), admin, nodeId, reason, NOW)).rejects.toMatchObject({
      code: 'already_proposed',
    });
    await expect(approveAdmission(db(), admin, id, reason, NOW)).rejects.toMatchObject({ code: 'forbidden' });
    // Who proposed it and has become the officer since.
    await db().user.update({ where: { id: admin.userId }, data: { role: 'dpo' } });
    await expect(approveAdmission(db(), { ...admin, role: 'dpo' }, id, reason, NOW)).rejects.toMatchObject({
      code: 'own_proposal',
    });
    await expect(approveAdmission(db(), dpo, id, reason, later(1))).rejects.toMatchObject({
      code: 'proof_needed',
    });
    await rejectAdmission(db(), dpo, id, reason, NOW);
    await expect(approveAdmission(db(), dpo, id, reason, NOW)).rejects.toMatchObject({
      code: 'already_decided',
    });
    expect(await stateOf(nodeId)).toBe('certified');
  });
});

describe('an enrolment', () => {
  it('is refused for a wrong code in the same words as for none, and too many end the invite', async () => {
    const { nodeId, code } = await inviteNode(db(), admin, WANTED, NOW);
    const wrong = `${code.slice(0, 10)}AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA`.slice(0, 49);
    const nobody = `AAAA-AAAA${code.slice(9)}`;
    const said = async (one: string) =>
      enrol(await agent(), one).then(String, (error: Error) => error.message);
    expect(await said(wrong)).toBe(await said(nobody));
    for (let i = 1; i < MAX_WRONG_CODES; i++) await said(wrong);
    await expect(enrol(await agent(), code)).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await stateOf(nodeId)).toBe('invited');
    expect(await attempts(nodeId)).toContain('too_many_codes');
    expect((await getOnboarding(db(), admin, nodeId, NOW)).steps[1]).toEqual({
      step: 'enrol',
      state: 'failed',
    });
  });

  it('works once: a stolen code is of no use after it, and the same request again is no second use', async () => {
    const { nodeId, code } = await inviteNode(db(), admin, WANTED, NOW);
    const node = await agent();
    await enrol(node, code);
    await expect(enrol(await agent(), code)).rejects.toMatchObject({ code: 'invite_gone' });
    expect((await enrol(node, code)).nodeId).toBe(nodeId);
    expect(await attempts(nodeId)).toEqual(['invite_used']);
  });

  it('is refused once the invite expired or was withdrawn, and renewed with another code', async () => {
    const { nodeId, code } = await inviteNode(db(), admin, WANTED, NOW);
    await expect(enrol(await agent(), code, later(73))).rejects.toMatchObject({ code: 'invite_gone' });
    const renewed = await renewInvite(db(), admin, nodeId, { ...reason, expiresInHours: 1 }, NOW);
    await expect(enrol(await agent(), code)).rejects.toMatchObject({ code: 'invite_gone' });
    await withdrawInvite(db(), admin, nodeId, reason, NOW);
    await expect(enrol(await agent(), renewed.code)).rejects.toMatchObject({ code: 'invite_gone' });
    expect(await stateOf(nodeId)).toBe('revoked');
    expect(new Set(await attempts(nodeId))).toEqual(new Set(['invite_expired', 'invite_withdrawn']));
  });

  it('is refused for a clock far off, and for keys that did not sign', async () => {
    const { nodeId, code } = await inviteNode(db(), admin, WANTED, NOW);
    const node = await agent();
    const skewed = requestOf(node, code, later(1));
    await expect(enrolNode(database.pool, skewed, authority.fingerprint, NOW)).rejects.toMatchObject({
      code: 'clock_skew',
    });
    const unsigned = { ...requestOf(node, code), signature: '0'.repeat(128) };
    await expect(enrolNode(database.pool, unsigned, authority.fingerprint, NOW)).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(await attempts(nodeId)).toEqual(['clock_skew', 'bad_request']);
  });

  it('is certified for its own six words alone, and shown to its own key alone', async () => {
    const { nodeId, code } = await inviteNode(db(), admin, WANTED, NOW);
    const node = await agent();
    await enrol(node, code);
    const words = 'abandon abandon abandon abandon abandon abandon';
    await expect(confirmWords(db(), admin, nodeId, { words }, NOW)).rejects.toMatchObject({
      code: 'words_differ',
    });
    expect((await poll(node, nodeId)).certificate).toBeNull();
    await expect(poll(await agent(), nodeId)).rejects.toMatchObject({ code: 'unknown_node' });
    await confirmWords(db(), admin, nodeId, { words: (await wordsOf(nodeId)).toUpperCase() }, NOW);
    const first = await poll(node, nodeId);
    expect(first.certificate).not.toBeNull();
    expect((await poll(node, nodeId)).certificate).toBe(first.certificate);
    expect(await db().nodeCertificate.count({ where: { nodeId } })).toBe(1);
  });
});

describe('the way out', () => {
  it('revokes at once: certificates, keys of the others, what waited for a decision', async () => {
    const { nodeId } = await certified();
    const epoch = await currentKeyEpoch(database.pool);
    await proposeAdmission(db(), admin, nodeId, reason, NOW);
    await revokeNode(db(), admin, nodeId, reason, NOW);
    expect(await db().nodeCertificate.count({ where: { nodeId, revokedAt: null } })).toBe(0);
    expect(await currentKeyEpoch(database.pool)).toBe(epoch + 1);
    expect(await countPending(db(), dpo)).toBe(0);
    await expect(revokeNode(db(), admin, nodeId, reason, NOW)).rejects.toMatchObject({ code: 'node_state' });
    const events = await leavesAbout(db(), nodeId);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['node.certificates_revoked', 'node.key_epoch', 'node.admission_closed']),
    );
  });

  it('drains and suspends by one person, and comes back by two', async () => {
    const { nodeId } = await admitted();
    await drainNode(db(), admin, nodeId, reason, NOW);
    await suspendNode(db(), admin, nodeId, reason, NOW);
    const { id } = await proposeAdmission(db(), admin, nodeId, reason, NOW);
    await withdrawAdmission(db(), admin, id, NOW);
    const again = await proposeAdmission(db(), admin, nodeId, reason, NOW);
    await approveAdmission(db(), dpo, again.id, reason, NOW);
    expect(await stateOf(nodeId)).toBe('admitted');
    await orderRekey(db(), admin, nodeId, reason, NOW);
  });

  it('keeps the account of a hospital that is invited again: nothing spent is given back', async () => {
    const { nodeId } = await admitted();
    const { datasetId, hospitalId } = await db().node.findUniqueOrThrow({ where: { id: nodeId } });
    const again = { ...WANTED, hospital: { kind: 'existing' as const, hospitalId } };
    await expect(inviteNode(db(), admin, again, NOW)).rejects.toMatchObject({ code: 'hospital_has_node' });
    await revokeNode(db(), admin, nodeId, reason, NOW);
    await expect(inviteNode(db(), admin, { ...again, shards: 8 }, NOW)).rejects.toMatchObject({
      code: 'shards_fixed',
    });
    const second = await inviteNode(db(), admin, again, NOW);
    expect((await db().node.findUniqueOrThrow({ where: { id: second.nodeId } })).datasetId).toBe(datasetId);
  });
});

it('refuses every other role, and knows no node of another organisation', async () => {
  const { nodeId } = await certified();
  const verbs: Record<string, (actor: SessionActor) => Promise<unknown>> = {
    renew: (actor) => renewInvite(db(), actor, nodeId, { ...reason, expiresInHours: 1 }, NOW),
    withdrawInvite: (actor) => withdrawInvite(db(), actor, nodeId, reason, NOW),
    confirm: (actor) => confirmWords(db(), actor, nodeId, { words: 'x' }, NOW),
    propose: (actor) => proposeAdmission(db(), actor, nodeId, reason, NOW),
    drain: (actor) => drainNode(db(), actor, nodeId, reason, NOW),
    suspend: (actor) => suspendNode(db(), actor, nodeId, reason, NOW),
    revoke: (actor) => revokeNode(db(), actor, nodeId, reason, NOW),
    rekey: (actor) => orderRekey(db(), actor, nodeId, reason, NOW),
  };
  const clinician = await createUser(db(), tenant, 'clinician');
  for (const [name, verb] of Object.entries(verbs)) {
    for (const actor of [dpo, clinician])
      await expect(verb(actor), name).rejects.toMatchObject({ status: 403 });
    await expect(verb(stranger), name).rejects.toMatchObject({ status: 404 });
  }
  await expect(inviteNode(db(), dpo, WANTED, NOW)).rejects.toMatchObject({ status: 403 });
  await expect(getOnboarding(db(), stranger, nodeId, NOW)).rejects.toMatchObject({ status: 404 });
  const { id } = await proposeAdmission(db(), admin, nodeId, reason, NOW);
  const foreignDpo = (
    await withTwoFactors(db(), await createUser(db(), await createTenant(db()), 'dpo'), keys, NOW)
  ).person;
  for (const decide of [approveAdmission, rejectAdmission]) {
    await expect(decide(db(), foreignDpo, id, reason, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(decide(db(), clinician, id, reason, NOW)).rejects.toMatchObject({ status: 403 });
  }
  expect(await stateOf(nodeId)).toBe('certified');
});
