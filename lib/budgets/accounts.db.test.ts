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
import { parseTableQuery } from '../tables/table-query.ts';
import { accountEntries } from './account-entries.ts';
import { accountSeries } from './account-series.ts';
import { currentPeriod } from './current-period.ts';
import { ENTRY_TABLE } from './entry-table.ts';
import { exportEntries } from './export-entries.ts';
import { getAccount } from './get-account.ts';

const RHO = 433_000_000n;
const PERIOD = currentPeriod(new Date());
let database: TestDatabase;
let clinician: SessionActor;
let officer: SessionActor;
let operator: SessionActor;
let foreignOfficer: SessionActor;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  const { organisationId } = tenant;
  clinician = await createUser(db, tenant, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  operator = await createUser(db, tenant, 'node_operator');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  const open = (kind: AccountKind, ownerId: string, period = PERIOD) =>
    createAccount(db, organisationId, kind, ownerId, period);
  ids.mine = await open('user', clinician.userId);
  ids.colleague = await open('user', randomUUID());
  ids.department = await open('department', clinician.departmentId);
  ids.otherDepartment = await open('department', await createDepartment(db, organisationId));
  ids.organisation = await open('organisation', organisationId);
  ids.dataset = await open('dataset', randomUUID());
  ids.lastYear = await open('user', clinician.userId, String(Number(PERIOD) - 1));
  ids.foreign = await createAccount(db, foreignOfficer.organisationId, 'dataset', randomUUID(), PERIOD);
});
afterAll(() => database.close());

describe('accounts', () => {
  it.each(['mine', 'department', 'organisation', 'lastYear'])('%s opens for a clinician', async (name) => {
    await expect(getAccount(database.prisma, clinician, ids[name]!)).resolves.toMatchObject({
      id: ids[name],
    });
  });

  it.each(['colleague', 'otherDepartment', 'foreign'])('%s is not there for a clinician', async (name) => {
    await expect(getAccount(database.prisma, clinician, ids[name]!)).rejects.toThrow(NotFoundError);
  });

  it('of a kind that a role never reads are refused', async () => {
    await expect(getAccount(database.prisma, clinician, ids.dataset!)).rejects.toThrow(ForbiddenError);
    await expect(getAccount(database.prisma, operator, ids.organisation!)).rejects.toThrow(ForbiddenError);
  });
});

describe('the spend of an account', () => {
  const range = (from: Date, to: Date, bucket: 'hour' | 'day', zone = 'UTC') => ({
    preset: 'custom' as const,
    from: from.toISOString(),
    to: to.toISOString(),
    bucket,
    zone,
  });
  const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000);

  it('is known for every hour of the range, and its entries follow each other', async () => {
    const db = database.prisma;
    const account = await getAccount(db, officer, ids.dataset!);
    const now = new Date(`${PERIOD}-06-15T12:30:00Z`);
    for (const hours of [5, 5, 3])
      await chargeAccount(db, account.id, randomUUID(), RHO, hoursBefore(now, hours));
    const points = await accountSeries(db, account, range(hoursBefore(now, 5), now, 'hour'));
    expect(points.map((point) => point.spentRho)).toEqual([0.000866, 0, 0.000433, 0, 0, 0]);
    expect(points.map((point) => point.totalRho)).toEqual([0.000866, 0.000866, ...Array(4).fill(0.001299)]);
    expect(points[0]!.start).toBe(`${PERIOD}-06-15T07:00:00.000Z`);
    expect(points.at(-1)!.end).toBe(now.toISOString());
    // What was spent before the range is in the total from the start.
    const late = await accountSeries(db, account, range(hoursBefore(now, 2), now, 'hour'));
    expect(late[0]).toMatchObject({ spentRho: 0, totalRho: 0.001299 });

    const entries = await accountEntries(db, account.id, parseTableQuery(ENTRY_TABLE, {}));
    expect(entries.rows).toHaveLength(6);
    expect(entries.next).toBeNull();
    expect((await getAccount(db, officer, account.id)).spentRho).toBe('0.001299');
  });

  it('falls on the days of the viewer, also where clocks change', async () => {
    const db = database.prisma;
    const account = await getAccount(db, officer, ids.organisation!);
    // 29 March 2026 has 23 hours in Berlin.
    const at = new Date('2026-03-28T23:30:00Z');
    await chargeAccount(db, account.id, randomUUID(), RHO, at);
    const days = range(
      new Date('2026-03-27T23:00:00Z'),
      new Date('2026-03-30T22:00:00Z'),
      'day',
      'Europe/Berlin',
    );
    const points = await accountSeries(db, { ...account, period: '2026' }, days);
    expect(points.map((point) => point.spentRho)).toEqual([0, 0.000433, 0]);
  });

  it('is not known outside of the period, and nothing where nothing was charged', async () => {
    const account = await getAccount(database.prisma, clinician, ids.mine!);
    const year = Number(PERIOD);
    const days = range(new Date(Date.UTC(year - 1, 11, 30)), new Date(Date.UTC(year, 0, 3)), 'day');
    const points = await accountSeries(database.prisma, account, days);
    expect(points.map((point) => point.totalRho)).toEqual([null, null, 0, 0]);
  });
});

describe('the export of an account', () => {
  const leaves = () => database.prisma.auditLeaf.count({ where: { type: 'account.exported' } });
  const query = { ...parseTableQuery(ENTRY_TABLE, {}), range: null };

  it('has every entry, and its number is in the log', async () => {
    const before = await leaves();
    const rows = await collect(await exportEntries(database.prisma, officer, ids.dataset!, query));
    expect(rows).toHaveLength(6);
    expect(await leaves()).toBe(before + 1);
    const leaf = await database.prisma.auditLeaf.findFirst({ where: { subjectId: ids.dataset! } });
    expect(JSON.parse(Buffer.from(leaf!.entry).toString())).toMatchObject({ count: 6 });
  });

  it('is refused to a role that only reads, and not there for others', async () => {
    const before = await leaves();
    const db = database.prisma;
    await expect(exportEntries(db, clinician, ids.mine!, query)).rejects.toThrow(ForbiddenError);
    await expect(exportEntries(db, foreignOfficer, ids.dataset!, query)).rejects.toThrow(NotFoundError);
    await expect(exportEntries(db, officer, 'not-an-id', query)).rejects.toThrow(NotFoundError);
    expect(await leaves()).toBe(before);
  });
});

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
