import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type SessionActor } from '../actor.ts';
import { findEligibleNodes } from '../compliance/eligible-nodes.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ConflictError, ForbiddenError, InvalidRequestError, NotFoundError } from '../errors.ts';
import { leavesAbout, pseudonymOf } from '../identity/testing/leaves.ts';
import { createHospital, createTenant, createUser, type Tenant } from '../identity/testing/tenant.ts';
import { changePurpose } from './change-purpose.ts';
import { hospitalSettings } from './hospital-settings.ts';
import { organisationSettings } from './organisation-settings.ts';

const reason = 'The protocol has ended';
let database: TestDatabase;
let tenant: Tenant;
let officer: SessionActor;
let foreignOfficer: SessionActor;
let hospitalId: string;
let purpose: string;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  tenant = await createTenant(db);
  officer = await createUser(db, tenant, 'dpo');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  hospitalId = await createHospital(db, tenant.organisationId);
  await db.residencyRule.create({ data: { hospitalId, allowedRegion: 'eu-west-1' } });
  await db.node.create({
    data: {
      id: randomUUID(),
      hospitalId,
      name: 'A node',
      state: 'admitted',
      shards: 64,
      lanes: 2,
      datasetId: randomUUID(),
    },
  });
});
afterAll(() => database.close());
beforeEach(async () => {
  purpose = `purpose-${randomUUID()}`;
  await database.prisma.purpose.create({
    data: { code: purpose, display: purpose, description: 'Of a test' },
  });
});

const change = (actor: SessionActor, answers: boolean, code = purpose) =>
  changePurpose(database.prisma, actor, hospitalId, { purpose: code, answers, reason });
const eligible = () =>
  findEligibleNodes(database.pool, { region: 'eu-west-1', purpose, minNodes: 1 }).then(
    (nodes) => nodes.length,
    () => 0,
  );

describe('reading settings', () => {
  it("shows everybody their own organisation's", async () => {
    for (const role of ROLES) {
      const actor = await createUser(database.prisma, tenant, role);
      const organisation = await organisationSettings(database.prisma, actor);
      expect(organisation).toMatchObject({ region: 'eu-west-1', maxRequestEpsilon: 1 });
      const { hospitals } = await hospitalSettings(database.prisma, actor);
      const own = hospitals.find((hospital) => hospital.id === hospitalId);
      expect(own).toMatchObject({ regime: 'GDPR', regions: ['eu-west-1'], mayChange: role === 'dpo' });
    }
    const foreign = await hospitalSettings(database.prisma, foreignOfficer);
    expect(foreign.hospitals).toEqual([]);
  });
});

describe('changing a purpose', () => {
  it('holds for the next question, with a leaf that tells no reason', async () => {
    expect(await eligible()).toBe(0);
    await change(officer, true);
    expect(await eligible()).toBe(1);
    await change(officer, false);
    expect(await eligible()).toBe(0);
    const leaves = (await leavesAbout(database.prisma, hospitalId)).filter(
      (leaf) => leaf.purpose === purpose,
    );
    const by = await pseudonymOf(database.prisma, officer.userId);
    expect(leaves).toMatchObject([
      { type: 'purpose.changed', by, answers: true },
      { type: 'purpose.changed', by, answers: false },
    ]);
    expect(JSON.stringify(leaves)).not.toContain('protocol');
  });

  it('is refused to every other role and for another organisation', async () => {
    for (const role of ROLES.filter((each) => each !== 'dpo')) {
      const actor = await createUser(database.prisma, tenant, role);
      await expect(change(actor, true)).rejects.toThrow(ForbiddenError);
    }
    await expect(change(foreignOfficer, true)).rejects.toThrow(NotFoundError);
    expect(await eligible()).toBe(0);
  });

  it('refuses a purpose nobody defined, and tells the loser of two at once', async () => {
    await expect(change(officer, true, 'no such purpose')).rejects.toThrow(InvalidRequestError);
    for (const answers of [true, false]) {
      const outcomes = await Promise.allSettled([change(officer, answers), change(officer, answers)]);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toBeInstanceOf(ConflictError);
    }
  });
});
