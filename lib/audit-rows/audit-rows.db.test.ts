import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, SessionActor } from '#lib/actor';
import type { AuditEvent } from '#lib/audit-log/events';
import { leafHash, rootFromPath } from '#lib/audit-log/merkle';
import { parseTlogProof } from '#lib/audit-log/tlog-proof';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ForbiddenError, NotFoundError } from '#lib/errors';
import { createAccount, createTenant, createUser } from '#lib/identity/testing/tenant';
import { everyRow } from '#lib/tables/every-row';
import type { Params } from '#lib/tables/table-query';
import { auditFilters } from './audit-filters.ts';
import { parseAuditQuery } from './audit-query.ts';
import {
  AUDIT_EXPORT_COLUMNS,
  csvRows,
  type ExportFormat,
  exportRows,
  ndjsonLines,
  proofLines,
} from './export-rows.ts';
import { getRow } from './get-row.ts';
import { countRows, listRows } from './list-rows.ts';
import { rowProof } from './row-proof.ts';
import { proveGrowth, proveRows } from './row-proofs.ts';
import { testRows } from './testing-rows.ts';
import { listWitnesses } from './witnesses.ts';

let database: TestDatabase;
let log: ReturnType<typeof testRows>;
let dpo: SessionActor;
let admin: SessionActor;
let foreign: SessionActor;
const others: SessionActor[] = [];
const names = new Map<string, string>();
let account: string;
let foreignAccount: string;
let reasonId: string;
const MARCH = Date.UTC(2026, 2, 1);
const atMs = (hours: number) => MARCH + hours * 3_600_000;
const base = (hours: number) => ({ v: 1 as const, atMs: atMs(hours) });

beforeAll(async () => {
  database = await testDatabase();
  log = testRows(database);
  const db = database.prisma;
  const tenant = await createTenant(db);
  dpo = await createUser(db, tenant, 'dpo');
  admin = await createUser(db, tenant, 'admin');
  for (const role of ['clinician', 'node_operator'] satisfies Role[])
    others.push(await createUser(db, tenant, role));
  foreign = await createUser(db, await createTenant(db), 'dpo');
  for (const { userId } of [dpo, admin, foreign])
    names.set(userId, (await db.user.findUniqueOrThrow({ where: { id: userId } })).pseudonym);
  account = await createAccount(db, dpo.organisationId, 'user', dpo.userId, '2026');
  foreignAccount = await createAccount(db, foreign.organisationId, 'user', foreign.userId, '2026');
  reasonId = randomUUID();
  const apiKeyId = randomUUID();
  await db.changeReason.create({
    data: {
      id: reasonId,
      organisationId: foreign.organisationId,
      type: 'api_key.revoked',
      subjectId: apiKeyId,
      byUserId: foreign.userId,
      reason: 'a name that is nobody else to see',
    },
  });
  const by = (actor: SessionActor) => names.get(actor.userId)!;
  await log.write([
    { ...base(0), type: 'session.opened', by: by(dpo), factors: 'password' },
    { ...base(1), type: 'session.opened', by: by(admin), factors: 'password' },
    settled(2, account, REQUEST),
    settled(3, foreignAccount, randomUUID()),
    { ...base(4), type: 'api_key.revoked', by: by(foreign), apiKeyId, member: by(foreign), reasonId },
    { ...base(5), type: 'session.closed', by: by(dpo) },
  ]);
});
afterAll(() => database?.close());

const REQUEST = randomUUID();
const settled = (hours: number, accountId: string, requestId: string): AuditEvent => ({
  ...base(hours),
  type: 'ledger.settle',
  requestId,
  outcome: 'answered',
  code: null,
  accounts: [{ accountId, rhoPico: '433000000' }],
  receipts: [],
});

const query = (params: Params = {}, range: { from: string; to: string } | null = null) =>
  parseAuditQuery(params, range);
const indexesOf = async (actor: SessionActor, params: Params = {}) => {
  const pages = everyRow((after) =>
    listRows(database.prisma, actor, { ...query({ ...params, after }), size: 2 }),
  );
  const rows = await collect(pages);
  const counted = await countRows(database.prisma, actor, query(params));
  expect(counted).toEqual({ count: rows.length, more: false });
  return rows.map(({ index }) => Number(index));
};

describe('the rows of the log', () => {
  it("are the own organisation's, newest first, page by page; all of them in the whole federation", async () => {
    expect(await indexesOf(dpo)).toEqual([5, 2, 1, 0]);
    expect(await indexesOf(foreign)).toEqual([4, 3]);
    expect(await indexesOf(dpo, { scope: 'federation' })).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await indexesOf(dpo, { scope: 'federation', sort: 'index' })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are counted up to a number that a page can wait for', async () => {
    const all = query({ scope: 'federation' });
    expect(await countRows(database.prisma, dpo, all, 6)).toEqual({ count: 6, more: false });
    expect(await countRows(database.prisma, dpo, all, 5)).toEqual({ count: 5, more: true });
  });

  it('are narrowed by type, person, account, subject and time', async () => {
    expect(await indexesOf(dpo, { type: 'session.opened,ledger.settle' })).toEqual([2, 1, 0]);
    expect(await indexesOf(dpo, { actor: names.get(admin.userId)! })).toEqual([1]);
    expect(await indexesOf(dpo, { actor: `product,${names.get(admin.userId)}` })).toEqual([2, 1]);
    expect(await indexesOf(dpo, { account })).toEqual([2]);
    expect(await indexesOf(dpo, { subject: REQUEST })).toEqual([2]);
    for (const wrong of [{ account: 'x' }, { subject: 'x' }, { actor: 'x' }])
      expect(await indexesOf(dpo, wrong)).toEqual([]);
    const hour = { from: new Date(atMs(1)).toISOString(), to: new Date(atMs(2)).toISOString() };
    expect((await listRows(database.prisma, dpo, query({}, hour))).rows.map(({ index }) => index)).toEqual([
      '1',
    ]);
  });

  it('are found by their number, their hash, and by what they are about', async () => {
    const hash = (await getRow(database.prisma, dpo, '1')).row.leafHash;
    expect(await indexesOf(dpo, { q: '1' })).toEqual([1]);
    expect(await indexesOf(dpo, { q: hash })).toEqual([1]);
    expect(await indexesOf(dpo, { q: account })).toEqual([2]);
    expect(await indexesOf(dpo, { q: REQUEST })).toEqual([2]);
    expect(await indexesOf(dpo, { q: names.get(dpo.userId)! })).toEqual([5, 0]);
    for (const q of ['3', 'nothing', foreignAccount]) expect(await indexesOf(dpo, { q })).toEqual([]);
  });

  it("of others come without anybody's name, account or reason", async () => {
    const { names: told } = await listRows(database.prisma, dpo, query({ scope: 'federation' }));
    expect(Object.keys(told).toSorted()).toEqual(
      [names.get(dpo.userId)!, names.get(admin.userId)!, account].toSorted(),
    );
    const own = await listRows(database.prisma, foreign, query());
    expect(own.names[reasonId]).toEqual({ name: 'a name that is nobody else to see', href: null });
    expect((await getRow(database.prisma, dpo, '4')).names).toEqual({});
  });

  it('are refused to roles that do not oversee, and what is no row is not there', async () => {
    for (const actor of others) {
      await expect(listRows(database.prisma, actor, query())).rejects.toThrow(ForbiddenError);
      await expect(getRow(database.prisma, actor, '1')).rejects.toThrow(ForbiddenError);
      await expect(auditFilters(database.prisma, actor)).rejects.toThrow(ForbiddenError);
      await expect(listWitnesses(database.prisma, actor)).rejects.toThrow(ForbiddenError);
      await expect(rowProof(database.prisma, actor, 1n)).rejects.toThrow(ForbiddenError);
      const proof = proveRows(database.prisma, actor, { indexes: [1n], size: 2n });
      await expect(proof).rejects.toThrow(ForbiddenError);
      const growth = proveGrowth(database.prisma, actor, { from: 1n, to: 2n });
      await expect(growth).rejects.toThrow(ForbiddenError);
    }
    for (const index of ['6', '-1', 'x', '01'])
      await expect(getRow(database.prisma, dpo, index)).rejects.toThrow(NotFoundError);
  });

  it('can be narrowed by the own people and accounts only', async () => {
    const { people, accounts } = await auditFilters(database.prisma, dpo);
    expect(people.map(({ value }) => value)).toContain(names.get(admin.userId));
    expect(people.map(({ value }) => value)).not.toContain(names.get(foreign.userId));
    expect(accounts.map(({ id }) => id)).toEqual([account]);
  });
});

describe('proofs', () => {
  it('lead from every row to the head of the size that is asked for', async () => {
    const head = await database.prisma.auditCheckpoint.findUniqueOrThrow({ where: { treeSize: 6n } });
    const indexes = [0n, 3n, 5n];
    const proofs = await proveRows(database.prisma, dpo, { indexes, size: 6n });
    for (const { index, path } of proofs) {
      const { row } = await getRow(database.prisma, dpo, index);
      const leaf = leafHash(Buffer.from(row.entry));
      expect(leaf.toString('hex')).toBe(row.leafHash);
      const siblings = path.map((hash) => Buffer.from(hash, 'hex'));
      expect(rootFromPath(leaf, BigInt(index), 6n, siblings)).toEqual(Buffer.from(head.rootHash));
    }
  });

  it('of what the log has not got are not there', async () => {
    for (const wrong of [
      { indexes: [6n], size: 6n },
      { indexes: [6n], size: 7n },
    ])
      await expect(proveRows(database.prisma, dpo, wrong)).rejects.toThrow(NotFoundError);
    for (const [from, to] of [
      [0n, 3n],
      [4n, 3n],
      [3n, 9n],
    ] as const)
      await expect(proveGrowth(database.prisma, dpo, { from, to })).rejects.toThrow(NotFoundError);
    await expect(rowProof(database.prisma, dpo, 6n)).rejects.toThrow(NotFoundError);
  });

  it('as a file have the entry and the head that the log shows, with its co-signatures', async () => {
    const line = '\u2014 fdlr-node/1 AAAA';
    const data = { treeSize: 4n, nodeId: randomUUID(), timestampS: 5n, line };
    await database.prisma.auditCosignature.create({ data });
    const text = await rowProof(database.prisma, dpo, 1n);
    const proof = parseTlogProof(text);
    expect(proof).toMatchObject({ index: 1n });
    expect(proof.entry?.toString()).toBe((await getRow(database.prisma, dpo, '1')).row.entry);
    expect(proof.checkpoint).toMatch(/^fdlr\/test\n4\n/);
    expect(text.endsWith(`${line}\n`)).toBe(true);
    // The newest row is in no head that a quorum has co-signed.
    expect(parseTlogProof(await rowProof(database.prisma, dpo, 5n)).checkpoint).toMatch(/^fdlr\/test\n6\n/);
  });
});

describe('an export', () => {
  const leaves = async () => {
    const rows = await database.prisma.auditLeaf.findMany({ where: { type: 'audit.exported' } });
    return rows.map(({ entry }) => JSON.parse(Buffer.from(entry).toString()) as Record<string, unknown>);
  };
  const take = (actor: SessionActor, format: ExportFormat, params: Params = {}) =>
    exportRows(database.prisma, actor, query(params), format);

  it('as CSV has every row that is kept, with the names of the own people', async () => {
    const rows = await collect(
      csvRows(database.prisma, dpo, await take(dpo, 'csv', { scope: 'federation' })),
    );
    const cells = rows.map((row) => AUDIT_EXPORT_COLUMNS.map(([, cell]) => cell(row)));
    expect(cells.map(([index]) => index)).toEqual([5n, 4n, 3n, 2n, 1n, 0n]);
    expect(cells.map(([, , , actor]) => actor)).toEqual([
      'Test dpo',
      null,
      null,
      null,
      'Test admin',
      'Test dpo',
    ]);
  });

  it('has the entries as they were hashed, and a proof of each', async () => {
    const entries = (await collect(ndjsonLines(await take(dpo, 'ndjson')))).map((line) => JSON.parse(line));
    expect(entries.map(({ index }) => index)).toEqual([5, 2, 1, 0]);
    for (const { entry, leafHash: hash } of entries)
      expect(leafHash(Buffer.from(entry)).toString('hex')).toBe(hash);
    const proofs = await collect(proofLines(database.prisma, await take(dpo, 'proofs')));
    const indexes = proofs.map((line) => parseTlogProof(JSON.parse(line).proof).index);
    expect(indexes).toEqual([5n, 2n, 1n, 0n]);
  });

  it('is in the log before the first row leaves: how many, how narrowed, and nothing of which', async () => {
    const before = (await leaves()).length;
    await take(dpo, 'ndjson', { account });
    const written = await leaves();
    expect(written).toHaveLength(before + 1);
    expect(written.at(-1)).toMatchObject({
      principal: names.get(dpo.userId),
      count: 1,
      format: 'ndjson',
      narrowedBy: ['account', 'organisation'],
    });
    expect(JSON.stringify(written.at(-1))).not.toContain(account);
  });

  it('is refused to an administrator, and to those who read no rows; no leaf is written', async () => {
    const before = (await leaves()).length;
    for (const actor of [admin, ...others]) await expect(take(actor, 'csv')).rejects.toThrow(ForbiddenError);
    expect(await leaves()).toHaveLength(before);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
