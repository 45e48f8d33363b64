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
import { accountEntries, ENTRY_TABLE } from './account-entries.ts';
import { accountSeries } from './account-series.ts';
import { currentPeriod } from './current-period.ts';
import { exportEntries } from './export-entries.ts';
import { getAccount } from './get-account.ts';
import { listAccounts } from './list-accounts.ts';

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

const seenBy = async (actor: SessionActor) => {
  const seen = (await listAccounts(database.prisma, actor)).map((account) => account.id);
  return Object.keys(ids).filter((name) => seen.includes(ids[name]!));
};

describe('accounts', () => {
  it('of this period are listed by role', async () => {
    expect(await seenBy(clinician)).toEqual(['mine', 'department', 'organisation']);
    expect(await seenBy(officer)).toEqual([
      'mine',
      'colleague',
      'department',
      'otherDepartment',
      'organisation',
      'dataset',
    ]);
    expect(await seenBy(foreignOfficer)).toEqual(['foreign']);
    await expect(seenBy(operator)).rejects.toThrow(ForbiddenError);
  });

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
  it('adds up over the hours in which it moved, and its entries follow each other', async () => {
    const db = database.prisma;
    const account = await getAccount(db, officer, ids.dataset!);
    const now = new Date();
    const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
    for (const hours of [5, 5, 3]) await chargeAccount(db, account.id, randomUUID(), RHO, hoursAgo(hours));
    const { unit, points } = await accountSeries(db, account, now);
    expect(unit).toBe('hour');
    expect(points.map((point) => point.rho)).toEqual([0.000866, 0.001299]);
    expect(points[1]!.epsilon).toBeGreaterThan(points[0]!.epsilon);
    expect(points.every((point) => new Date(point.at).getUTCMinutes() === 0)).toBe(true);

    const entries = await accountEntries(db, account.id, parseTableQuery(ENTRY_TABLE, {}));
    expect(entries.rows).toHaveLength(6);
    expect(entries.next).toBeNull();
    expect((await getAccount(db, officer, account.id)).spentRho).toBe('0.001299');
  });

  it('is drawn by the day once it is older', async () => {
    const db = database.prisma;
    const account = await getAccount(db, officer, ids.organisation!);
    const now = new Date();
    await chargeAccount(db, account.id, randomUUID(), RHO, new Date(now.getTime() - 40 * 86_400_000));
    await chargeAccount(db, account.id, randomUUID(), RHO, now);
    const { unit, points } = await accountSeries(db, account, now);
    expect(unit).toBe('day');
    expect(points).toHaveLength(2);
  });

  it('is nothing where nothing was charged', async () => {
    const account = await getAccount(database.prisma, clinician, ids.mine!);
    expect(await accountSeries(database.prisma, account)).toEqual({ unit: 'hour', points: [] });
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
