import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ForbiddenError } from '../errors.ts';
import { createDepartment, createRequest, createTenant, createUser } from '../identity/testing/tenant.ts';
import { everyRow } from '../tables/every-row.ts';
import type { Params } from '../tables/table-query.ts';
import { exportRequests } from './export-requests.ts';
import { filterOptions } from './filter-options.ts';
import { listRequests } from './list-requests.ts';
import { parseRequestQuery } from './request-query.ts';
import { summariseRequests } from './summarise-requests.ts';

let database: TestDatabase;
let asker: SessionActor;
let colleague: SessionActor;
let officer: SessionActor;
let admin: SessionActor;
let operator: SessionActor;
let foreignOfficer: SessionActor;
const MARCH = new Date('2026-03-01T12:00:00Z');
const made: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  const elsewhere = { ...tenant, departmentId: await createDepartment(db, tenant.organisationId) };
  asker = await createUser(db, tenant, 'clinician');
  colleague = await createUser(db, elsewhere, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  admin = await createUser(db, tenant, 'admin');
  operator = await createUser(db, tenant, 'node_operator');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  for (let i = 0; i < 60; i++) {
    // Times and charges repeat, so that the order between equals matters.
    const at = new Date(MARCH.getTime() + (i % 7) * 1000);
    made.push(await createRequest(db, i < 50 ? asker : colleague, at, BigInt(i % 5) * 1_000_000n));
  }
  await db.request.update({ where: { id: made[0]! }, data: { state: 'failed', purpose: 'research' } });
  await createRequest(db, foreignOfficer, MARCH);
});
afterAll(() => database.close());

const query = (params: Params = {}, range: { from: string; to: string } | null = null) =>
  parseRequestQuery(params, range);
const all = async (actor: SessionActor, params: Params = {}) => {
  const pages = everyRow((after) => listRequests(database.prisma, actor, query({ ...params, after })));
  return (await collect(pages)).map((row) => row.id);
};

describe('the list of requests', () => {
  it.each(['-createdAt', 'createdAt', '-charged', 'charged'])(
    'is paged whole in the order %s',
    async (sort) => {
      const seen = await all(officer, { sort });
      expect(seen.toSorted()).toEqual(made.toSorted());
      const rows = await database.prisma.request.findMany({ where: { id: { in: made } } });
      const field = sort.endsWith('charged') ? 'chargedRhoPico' : 'createdAt';
      const values = seen.map((id) => Number(rows.find((row) => row.id === id)![field]));
      const sorted = values.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b));
      expect(values).toEqual(sorted);
    },
  );

  it('is narrowed by state, purpose, department, person and time', async () => {
    expect(await all(officer, { state: 'failed' })).toEqual([made[0]]);
    expect(await all(officer, { purpose: 'research' })).toEqual([made[0]]);
    expect(await all(officer, { route: 'public' })).toEqual([]);
    expect(await all(officer, { department: colleague.departmentId })).toHaveLength(10);
    expect(await all(officer, { user: asker.userId, mechanism: 'vote' })).toHaveLength(50);
    expect(await all(officer, { user: 'not-an-id' })).toEqual([]);
    const second = { from: '2026-03-01T12:00:01.000Z', to: '2026-03-01T12:00:02.000Z' };
    const { rows } = await listRequests(database.prisma, officer, query({}, second));
    expect(rows.length).toBe(9);
  });

  it('is searched by the beginning of an id, with hyphens or without', async () => {
    const id = made[7]!;
    for (const q of [id, id.slice(0, 12), id.replaceAll('-', '').slice(0, 14).toUpperCase()])
      expect(await all(officer, { q })).toEqual([id]);
    expect(await all(officer, { q: 'x' })).toEqual([]);
  });

  it('filters never reach past what the viewer may see', async () => {
    expect(await all(asker)).toHaveLength(50);
    expect(await all(asker, { user: colleague.userId })).toEqual([]);
    expect(await all(foreignOfficer, { user: asker.userId })).toEqual([]);
    expect(await all(foreignOfficer, { q: made[0]!.slice(0, 8) })).toEqual([]);
  });
});

describe('the summary above the list', () => {
  it('counts what the list would show, and what it was charged', async () => {
    const of = (actor: SessionActor, params: Params = {}) =>
      summariseRequests(database.prisma, actor, query(params));
    // Charges of 0 to 4 millionths, twelve times over.
    expect(await of(officer)).toEqual({
      count: 60,
      byState: { answered: 59, failed: 1 },
      chargedRho: '0.00012',
    });
    expect(await of(asker, { state: 'failed' })).toMatchObject({ count: 1 });
    expect((await of(foreignOfficer)).count).toBe(1);
    await expect(of(operator)).rejects.toThrow(ForbiddenError);
  });
});

describe('what requests can be filtered by', () => {
  it('names people only to those who oversee them', async () => {
    const overseen = await filterOptions(database.prisma, officer);
    expect(overseen.users.map((user) => user.value)).toContain(colleague.userId);
    expect(overseen.departments).toHaveLength(2);
    const own = await filterOptions(database.prisma, asker);
    expect([own.users, own.departments]).toEqual([[], []]);
    await expect(filterOptions(database.prisma, operator)).rejects.toThrow(ForbiddenError);
  });
});

describe('an export', () => {
  const leaves = async () =>
    (await database.prisma.auditLeaf.findMany({ where: { type: 'request.exported' } })).map((leaf) =>
      Buffer.from(leaf.entry).toString(),
    );

  it('has every row that is filtered, and says in the log how many and nothing of which', async () => {
    const before = await leaves();
    const rows = await collect(
      await exportRequests(database.prisma, officer, query({ user: asker.userId, sort: 'charged' })),
    );
    expect(rows).toHaveLength(50);
    const written = (await leaves()).filter((leaf) => !before.includes(leaf));
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0]!)).toMatchObject({ count: 50, narrowedBy: ['user'] });
    for (const id of [asker.userId, officer.userId, ...made]) expect(written[0]).not.toContain(id);
  });

  it('of a clinician holds their own requests', async () => {
    const rows = await collect(await exportRequests(database.prisma, colleague, query()));
    expect(rows.map((row) => row.id).toSorted()).toEqual(made.slice(50).toSorted());
  });

  it('is refused where the role reads but does not export, or reads nothing; no leaf is written', async () => {
    const before = (await leaves()).length;
    for (const actor of [admin, operator])
      await expect(exportRequests(database.prisma, actor, query())).rejects.toThrow(ForbiddenError);
    expect(await leaves()).toHaveLength(before);
    expect(await all(foreignOfficer, { q: randomUUID() })).toEqual([]);
  });
});

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
