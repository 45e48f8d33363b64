import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import { recordLeaf } from '../audit-log/append-leaf.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { transaction } from '../db/transaction.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import {
  chargeAccount,
  createAccount,
  createRequest,
  createTenant,
  createUser,
} from '../identity/testing/tenant.ts';
import { adjustIn } from '../ledger/adjust.ts';
import { parseTableQuery } from '../tables/table-query.ts';
import { accountEntries } from './account-entries.ts';
import { currentPeriod } from './current-period.ts';
import { ENTRY_TABLE } from './entry-table.ts';
import { explainEntries } from './explain-entries.ts';
import { getAccount } from './get-account.ts';
import { getEntry } from './get-entry.ts';

const RHO = 433_000_000n;
const NOW = new Date();
let database: TestDatabase;
let asker: SessionActor;
let colleague: SessionActor;
let officer: SessionActor;
let foreigner: SessionActor;
let department: string;
let dataset: string;
/** Requests of the asker, oldest first. */
const requests: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  asker = await createUser(db, tenant, 'clinician');
  colleague = await createUser(db, tenant, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  foreigner = await createUser(db, await createTenant(db), 'dpo');
  const open = (kind: 'department' | 'dataset', ownerId: string) =>
    createAccount(db, tenant.organisationId, kind, ownerId, currentPeriod(NOW));
  department = await open('department', tenant.departmentId);
  dataset = await open('dataset', randomUUID());
  for (let i = 0; i < 30; i++) {
    const at = new Date(NOW.getTime() - (30 - i) * 1_000);
    const id = await createRequest(db, asker, at);
    requests.push(id);
    for (const account of [department, dataset]) await chargeAccount(db, account, id, RHO, at);
    const event = { v: 1, atMs: at.getTime(), type: 'ledger.settle', requestId: id } as const;
    const accounts = [{ accountId: department, rhoPico: String(RHO) }];
    await recordLeaf(db, { ...event, outcome: 'answered', code: null, accounts, receipts: [] }, id);
  }
});
afterAll(() => database.close());

const page = async (actor: SessionActor, accountId: string, params: Record<string, string> = {}) => {
  const db = database.prisma;
  const query = parseTableQuery(ENTRY_TABLE, params);
  const { rows, next } = await accountEntries(db, accountId, query);
  return { next, rows: await explainEntries(db, actor, await getAccount(db, actor, accountId), rows) };
};

describe('the entries of an account', () => {
  it.each<Record<string, string>>([
    {},
    { sort: 'createdAt' },
    { kind: 'settle' },
    { kind: 'reserve', sort: 'createdAt' },
  ])('carry the balance after each, on every page: %j', async (params) => {
    const all = await database.prisma.ledgerEntry.findMany({
      where: { accountId: department },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const after = new Map<string, [bigint, bigint]>();
    let [spent, reserved] = [0n, 0n];
    for (const entry of all) {
      spent += entry.spentDeltaPico;
      reserved += entry.reservedDeltaPico;
      after.set(entry.id, [spent, reserved]);
    }
    let seen = 0;
    for (let next: string | null = ''; next !== null; ) {
      const shown = await page(officer, department, { ...params, ...(next ? { after: next } : {}) });
      for (const row of shown.rows) {
        const pico = [row.spentAfter, row.reservedAfter].map((rho) => BigInt(Math.round(Number(rho) * 1e12)));
        expect(pico).toEqual(after.get(row.id));
      }
      seen += shown.rows.length;
      next = shown.next;
    }
    expect(seen).toBe('kind' in params ? 30 : 60);
  });

  it('name their leaf, and their epsilon where something was spent', async () => {
    const { rows } = await page(officer, department);
    const settled = rows.filter((row) => row.kind === 'settle');
    expect(settled.every((row) => row.leafHash !== null && row.epsilon! > 0)).toBe(true);
    const reserved = rows.filter((row) => row.kind === 'reserve');
    expect(reserved.every((row) => row.leafHash === null && row.epsilon === null)).toBe(true);
  });

  it('lead to requests only for those who may see them', async () => {
    const mayOpen = async (actor: SessionActor) =>
      new Set((await page(actor, department)).rows.map((row) => row.mayOpenRequest));
    expect(await mayOpen(officer)).toEqual(new Set([true]));
    expect(await mayOpen(asker)).toEqual(new Set([true]));
    expect(await mayOpen(colleague)).toEqual(new Set([false]));
  });
});

describe('one entry', () => {
  const entryOf = async (accountId: string) =>
    (await database.prisma.ledgerEntry.findFirstOrThrow({ where: { accountId, kind: 'settle' } })).id;

  it('shows what its request moved on every account in view, and counts the others', async () => {
    const db = database.prisma;
    const id = await entryOf(department);
    const all = await getEntry(db, officer, department, id);
    expect(all?.charges).toMatchObject({
      withheld: 0,
      accounts: [{ accountId: department }, { accountId: dataset }],
    });
    expect(all?.receipts).toEqual([]);
    const own = await getEntry(db, colleague, department, id);
    expect(own?.charges).toMatchObject({ withheld: 1, accounts: [{ accountId: department }] });
    expect(own?.receipts).toBeNull();
  });

  it('is not there for another organisation, on another account, or where the role reads none', async () => {
    const db = database.prisma;
    const id = await entryOf(dataset);
    await expect(getEntry(db, foreigner, dataset, id)).rejects.toThrow(NotFoundError);
    await expect(getEntry(db, asker, dataset, id)).rejects.toThrow(ForbiddenError);
    expect(await getEntry(db, officer, department, id)).toBeNull();
    expect(await getEntry(db, officer, dataset, 'not-an-id')).toBeNull();
  });

  it('of a request that a restore lost names its adjustment, and no request', async () => {
    const db = database.prisma;
    const requestId = randomUUID();
    const accounts = [{ accountId: dataset, rhoPico: 7n }];
    await transaction(database.pool, (client) =>
      adjustIn(client, { requestId, accounts, cause: 'receipts' }, NOW),
    );
    const { id } = await db.ledgerEntry.findFirstOrThrow({ where: { requestId } });
    const detail = await getEntry(db, officer, dataset, id);
    expect(detail).toMatchObject({
      entry: { kind: 'adjust', mechanism: 'unknown', spentDelta: '0.000000000007', mayOpenRequest: false },
      receipts: [],
    });
    expect(detail?.entry.leafHash).toMatch(/^[0-9a-f]{64}$/);
    const { rows } = await page(officer, dataset, { mechanism: 'unknown' });
    expect(rows.map((row) => row.id)).toEqual([id]);
  });
});
