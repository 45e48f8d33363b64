import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ForbiddenError } from '#lib/errors';
import {
  chargeAccount,
  createAccount,
  createHospital,
  createRequest,
  createTenant,
  createUser,
  type Tenant,
} from '#lib/identity/testing/tenant';
import { DEMO_HISTORY_REPLICA } from '#lib/requests/demo-history';
import { datasetSpend } from './dataset-spend.ts';
import { needsOf } from './needs.ts';
import { outcomesOverTime } from './outcomes-over-time.ts';
import { answeredShareOf, errorRateOf, serviceLevels } from './service-levels.ts';
import { spendToday } from './spend-today.ts';

const RHO = 433_000_000n;
const NOW = new Date('2026-03-10T12:00:00Z');
const WEEK = { from: '2026-03-03T12:00:00Z', to: NOW.toISOString(), bucket: 'day', zone: 'UTC' } as const;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
let database: TestDatabase;
let tenant: Tenant;
let dpo: SessionActor;
let admin: SessionActor;
let clinician: SessionActor;
let foreign: SessionActor;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  tenant = await createTenant(db);
  dpo = await createUser(db, tenant, 'dpo');
  admin = await createUser(db, tenant, 'admin');
  clinician = await createUser(db, tenant, 'clinician');
  foreign = await createUser(db, await createTenant(db), 'dpo');
});
afterAll(() => database?.close());

type Change = Parameters<TestDatabase['prisma']['request']['update']>[0]['data'];
async function asked(by: SessionActor, hours: number, change: Change = {}): Promise<void> {
  const id = await createRequest(database.prisma, by, hoursAgo(hours));
  await database.prisma.request.update({ where: { id }, data: change });
}

describe('service levels', () => {
  it('are counted from what was measured in the span, of the own organisation', async () => {
    for (let i = 1; i <= 100; i++) await asked(clinician, i, { stagesMs: { plan: 10, mechanism: i * 10 } });
    await asked(clinician, 2, { state: 'failed', stagesMs: { plan: 10 } });
    await asked(clinician, 3, { state: 'refused', errorCode: 'cohort_too_small' });
    await asked(clinician, 3, { state: 'refused', errorCode: 'unknown_purpose' });
    await asked(clinician, 1, { state: 'reserved' });
    await asked(clinician, 1, { route: 'public', stagesMs: { dispatch: 9_999 } });
    await asked(clinician, 4, { replica: DEMO_HISTORY_REPLICA, stagesMs: {} });
    await asked(clinician, 200, { stagesMs: { mechanism: 9_999 } });
    await asked(foreign, 1, { stagesMs: { mechanism: 9_999 } });
    const levels = await serviceLevels(database.prisma, dpo, WEEK);
    expect(levels).toEqual({
      answered: 100,
      failed: 1,
      refused: 2,
      unserved: 1,
      p50Ms: 500,
      p95Ms: 950,
      p99Ms: 990,
    });
    expect(errorRateOf(levels)).toBeCloseTo(2 / 102);
    expect(answeredShareOf(levels)).toBeCloseTo(100 / 103);
  });

  it('are nothing, not zero, where nothing was measured', async () => {
    const idle = await createUser(database.prisma, await createTenant(database.prisma), 'auditor');
    await asked(idle, 1, { replica: DEMO_HISTORY_REPLICA });
    const levels = await serviceLevels(database.prisma, idle, WEEK);
    expect(levels).toMatchObject({ answered: 0, p50Ms: null, p99Ms: null });
    expect([errorRateOf(levels), answeredShareOf(levels)]).toEqual([null, null]);
  });
});

it('requests are counted by outcome in the days of the zone', async () => {
  const asker = await createUser(database.prisma, await createTenant(database.prisma), 'admin');
  await asked(asker, 13, {});
  await asked(asker, 12, { state: 'failed' });
  await asked(asker, 1, { state: 'refused' });
  const none = { answered: 0, reserved: 0, failed: 0, refused: 0 };
  expect(await outcomesOverTime(database.prisma, asker, WEEK)).toEqual([
    { ...none, at: '2026-03-09T00:00:00.000Z', answered: 1 },
    { ...none, at: '2026-03-10T00:00:00.000Z', failed: 1, refused: 1 },
  ]);
  expect(await outcomesOverTime(database.prisma, asker, { ...WEEK, zone: 'America/New_York' })).toEqual([
    { ...none, at: '2026-03-09T04:00:00.000Z', answered: 1, failed: 1 },
    { ...none, at: '2026-03-10T04:00:00.000Z', refused: 1 },
  ]);
});

describe('the spend of the datasets', () => {
  it('is that of the own organisation, today beside the even pace and by the day', async () => {
    const db = database.prisma;
    const period = currentPeriod(NOW);
    const [owner, theirs] = [randomUUID(), randomUUID()];
    const mine = await createAccount(db, tenant.organisationId, 'dataset', owner, period);
    const other = await createAccount(db, foreign.organisationId, 'dataset', theirs, period);
    await chargeAccount(db, mine, randomUUID(), RHO, hoursAgo(30));
    for (const hours of [1, 2, 3]) await chargeAccount(db, mine, randomUUID(), RHO, hoursAgo(hours));
    await chargeAccount(db, other, randomUUID(), RHO, hoursAgo(1));

    const today = await spendToday(db, dpo, RHO, NOW);
    expect(today.daysLeft).toBe(297);
    // A cap of rho 1 less the 0.000433 of yesterday, over 297 days.
    expect(today.datasets).toEqual([
      expect.objectContaining({
        id: mine,
        spentRho: '0.001299',
        planRho: '0.003365545454',
        spentQuestions: 3,
        planQuestions: 7,
        overPlan: false,
      }),
    ]);
    const [spend, ...rest] = await datasetSpend(db, dpo, WEEK);
    expect(rest).toEqual([]);
    expect(spend).toMatchObject({ id: owner, name: 'dataset' });
    expect(spend?.points).toEqual([
      { at: '2026-03-09T00:00:00.000Z', rho: 0.000433 },
      { at: '2026-03-10T00:00:00.000Z', rho: 0.001299 },
    ]);
  });
});

describe('what needs somebody', () => {
  it('is listed for those who may open it, and only of their organisation', async () => {
    const db = database.prisma;
    const home = await createTenant(db);
    const overseer = await createUser(db, home, 'admin');
    const officer = await createUser(db, home, 'compliance_officer');
    expect(await needsOf(db, overseer, RHO, NOW)).toEqual([]);

    const hospitalId = await createHospital(db, home.organisationId);
    const node = { hospitalId, shards: 64, lanes: 2, datasetId: randomUUID() };
    const heard = { replica: 'r', connectedSince: hoursAgo(9), probedAt: NOW };
    const away = randomUUID();
    await db.node.create({ data: { ...node, id: away, name: 'Away', state: 'admitted' } });
    await db.node.create({ data: { ...node, id: randomUUID(), name: 'Left', state: 'revoked' } });
    await db.node.create({
      data: { ...node, id: randomUUID(), name: 'Here', state: 'admitted', status: { create: heard } },
    });
    const full = await createAccount(db, home.organisationId, 'department', randomUUID(), currentPeriod(NOW));
    await chargeAccount(db, full, randomUUID(), 850_000_000_000n, NOW);
    const key = (name: string, expiresAt: Date | null, revokedAt: Date | null = null) =>
      db.apiKey.create({
        data: {
          ...{ id: randomUUID(), organisationId: home.organisationId, userId: officer.userId, name },
          ...{ prefix: 'fdlr', sha256: Buffer.from(randomUUID()), expiresAt, revokedAt },
        },
      });
    await key('Soon', hoursAgo(-24));
    await key('Later', hoursAgo(-24 * 30));
    await key('Revoked', hoursAgo(-24), NOW);
    await key('Over', hoursAgo(1));
    await key('Never', null);
    await db.invitation.create({
      data: {
        ...home,
        ...{ id: randomUUID(), email: 'new@example.org', name: 'New person', role: 'auditor' },
        ...{ tokenSha256: Buffer.alloc(32), invitedById: overseer.userId, expiresAt: hoursAgo(-24) },
      },
    });

    const seen = (await needsOf(db, overseer, RHO, NOW)).map(({ kind, name }) => `${kind} ${name}`);
    expect(seen).toEqual([
      'nodeAway Away',
      'account department',
      'keyExpires Soon',
      'invitationOpen New person',
    ]);
    const forOfficer = (await needsOf(db, officer, RHO, NOW)).map(({ kind }) => kind);
    expect(forOfficer).toEqual(['nodeAway', 'account', 'keyExpires']);
    expect(await needsOf(db, foreign, RHO, NOW)).toEqual([]);
  });
});

it('a budget that many share and that will run out is said before it is near its cap', async () => {
  const db = database.prisma;
  const home = await createTenant(db);
  const overseer = await createUser(db, home, 'auditor');
  const open = (kind: 'dataset' | 'user') =>
    createAccount(db, home.organisationId, kind, randomUUID(), currentPeriod(NOW));
  const [shared, own] = [await open('dataset'), await open('user')];
  for (let day = 1; day <= 50; day++)
    for (const id of [shared, own]) await chargeAccount(db, id, randomUUID(), 10n ** 10n, hoursAgo(day * 24));
  const needs = await needsOf(db, overseer, RHO, NOW);
  expect(needs).toEqual([
    expect.objectContaining({ kind: 'account', id: shared, holder: 'dataset', usedShare: 0.5 }),
  ]);
  // Half is left, at a hundredth a day.
  expect(needs[0]).toMatchObject({ runsOutOn: expect.stringMatching(/^2026-0[45]-/) });
});

it('a person for whom no further question fits has used up their budget', async () => {
  const db = database.prisma;
  const home = await createTenant(db);
  const overseer = await createUser(db, home, 'auditor');
  const id = await createAccount(db, home.organisationId, 'user', randomUUID(), currentPeriod(NOW));
  // A cap of one rho: less than a question is left, though more than nothing, and then exactly one.
  await chargeAccount(db, id, randomUUID(), 10n ** 12n - RHO + 1n, hoursAgo(1));
  expect(await needsOf(db, overseer, RHO, NOW)).toMatchObject([{ id, usedUp: true }]);
  expect(await needsOf(db, overseer, RHO - 1n, NOW)).toMatchObject([{ id, usedUp: false }]);
});

it('the overview is for those who oversee', async () => {
  const db = database.prisma;
  await expect(serviceLevels(db, clinician, WEEK)).rejects.toThrow(ForbiddenError);
  await expect(outcomesOverTime(db, clinician, WEEK)).rejects.toThrow(ForbiddenError);
  await expect(spendToday(db, clinician, RHO, NOW)).rejects.toThrow(ForbiddenError);
  await expect(datasetSpend(db, clinician, WEEK)).rejects.toThrow(ForbiddenError);
  await expect(needsOf(db, clinician, RHO, NOW)).rejects.toThrow(ForbiddenError);
  await expect(needsOf(db, admin, RHO, NOW)).resolves.toBeDefined();
});
