import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import type { AccountKind } from '../db/generated/enums.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import {
  chargeAccount,
  createAccount,
  createDepartment,
  createTenant,
  createUser,
} from '../identity/testing/tenant.ts';
import { budgetTree } from './budget-tree.ts';
import { consequenceOf } from './changes/consequence.ts';
import { holderStanding } from './changes/holder-standing.ts';
import { lifetime } from './lifetime.ts';
import { listPeriods } from './list-periods.ts';

const RHO = 433_000_000n;
const DAY_MS = 86_400_000;
const NOW = new Date('2026-06-15T09:00:00Z');
let database: TestDatabase;
let clinician: SessionActor;
let officer: SessionActor;
let operator: SessionActor;
let foreignOfficer: SessionActor;
const ids: Record<string, string> = {};
const tree = (actor: SessionActor, period = '2026') =>
  budgetTree(database.prisma, actor, { period, priceRhoPico: RHO, now: NOW });

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  const { organisationId } = tenant;
  clinician = await createUser(db, tenant, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  operator = await createUser(db, tenant, 'node_operator');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  const open = async (name: string, kind: AccountKind, ownerId: string, period = '2026') => {
    ids[name] = await createAccount(db, organisationId, kind, ownerId, period);
  };
  const dataset = randomUUID();
  await open('mine', 'user', clinician.userId);
  await open('leaver', 'user', randomUUID());
  await open('department', 'department', clinician.departmentId);
  await open('otherDepartment', 'department', await createDepartment(db, organisationId));
  await open('organisation', 'organisation', organisationId);
  await open('dataset', 'dataset', dataset);
  await open('datasetBefore', 'dataset', dataset, '2025');
  // Ten questions on each of the last 56 days.
  for (let day = 1; day <= 56; day++)
    await chargeAccount(db, ids.dataset!, randomUUID(), 10n * RHO, new Date(NOW.getTime() - day * DAY_MS));
  await chargeAccount(db, ids.datasetBefore!, randomUUID(), 100n * RHO, new Date('2025-12-30T10:00:00Z'));
});
afterAll(() => database.close());

const named = (nodes: Awaited<ReturnType<typeof tree>>) =>
  Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => {
      const node = nodes.find((candidate) => candidate.id === id);
      return node ? [[name, node]] : [];
    }),
  );

describe('the tree of budgets', () => {
  it('puts people under departments and those under the organisation, and shows each role its part', async () => {
    const all = named(await tree(officer));
    expect(Object.keys(all).toSorted()).toEqual(
      ['dataset', 'department', 'leaver', 'mine', 'organisation', 'otherDepartment'].toSorted(),
    );
    expect(all.mine!.parentId).toBe(ids.department);
    expect(all.leaver!.parentId).toBe(ids.organisation);
    expect(all.department!.parentId).toBe(ids.organisation);
    expect(all.organisation!.parentId).toBeNull();
    expect(all.dataset!.parentId).toBeNull();

    const own = named(await tree(clinician));
    expect(Object.keys(own).toSorted()).toEqual(['department', 'mine', 'organisation']);
    expect(own.mine!.parentId).toBe(ids.department);

    expect(await tree(foreignOfficer)).toEqual([]);
    await expect(tree(operator)).rejects.toThrow(ForbiddenError);
  });

  it('counts default questions and forecasts from what was spent', async () => {
    const { dataset, mine } = named(await tree(officer));
    // Cap 1 rho, 560 questions spent; 1,749 are left and go at ten a day.
    expect(dataset!.questionsLeft).toBe(1749);
    expect(dataset!.nearCap).toBe(false);
    expect(dataset!.forecast).toEqual({
      kind: 'runs_out',
      earliest: '2026-12-07',
      likely: '2026-12-07',
      latest: '2026-12-07',
    });
    expect(mine!.forecast.kind).toBe('too_little_history');
    const [before] = await tree(officer, '2025');
    expect(before).toMatchObject({ id: ids.datasetBefore, forecast: { kind: 'period_over' } });
  });

  it('has the periods that hold accounts in view, and always this one', async () => {
    expect(await listPeriods(database.prisma, officer, NOW)).toEqual(['2026', '2025']);
    expect(await listPeriods(database.prisma, clinician, NOW)).toEqual(['2026']);
    expect(await listPeriods(database.prisma, foreignOfficer, NOW)).toEqual(['2026']);
    await expect(listPeriods(database.prisma, operator, NOW)).rejects.toThrow(ForbiddenError);
  });
});

describe('the lifetime odometer', () => {
  it('adds rho over the periods and converts the sum, never adding epsilons', async () => {
    const read = await lifetime(database.prisma, officer, ids.dataset!, NOW);
    expect(read.since).toBe('2025');
    expect(read.spentRho).toBe('0.28578');
    // The year before is over: it comes to what was spent in it, as in the standing before a change.
    expect(read.mostRho).toBe('1.0433');
    expect(read.othersRho).toBe('0.0433');
    const { ownerId, organisationId } = await database.prisma.account.findUniqueOrThrow({
      where: { id: ids.dataset! },
    });
    const holder = { holderKind: 'dataset' as const, ownerId, organisationId, period: '2026' };
    const standing = await holderStanding(database.prisma, holder, read.delta, NOW);
    expect(standing.othersWorstRho).toBe(read.othersRho);
    expect(consequenceOf(standing, 10n ** 12n)).toMatchObject({
      lifetimeFromEpsilon: read.mostEpsilon,
      lifetimeWorstEpsilon: read.mostEpsilon,
    });
    expect(read.periods.map((period) => period.spentRho)).toEqual(['0.0433', '0.24248']);
    const added = read.periods.reduce((sum, period) => sum + period.spentEpsilon, 0);
    expect(read.spentEpsilon).toBeLessThan(added);
    expect(read.spentEpsilon).toBeGreaterThan(read.periods[1]!.spentEpsilon);
    expect(await lifetime(database.prisma, officer, ids.datasetBefore!, NOW)).toMatchObject({
      spentRho: '0.28578',
    });
  });

  it('is not there for others', async () => {
    await expect(lifetime(database.prisma, foreignOfficer, ids.dataset!, NOW)).rejects.toThrow(NotFoundError);
    await expect(lifetime(database.prisma, clinician, ids.dataset!, NOW)).rejects.toThrow(ForbiddenError);
  });
});
