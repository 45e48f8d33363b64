import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { verifierKey } from '#lib/audit-log/checkpoint';
import { integrate } from '#lib/audit-log/integrate';
import { LeafTotals } from '#lib/audit-log/leaf-totals';
import { currentPeriod } from '#lib/budgets/current-period';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { ForbiddenError } from '#lib/errors';
import { createTenant, createUser } from '#lib/identity/testing/tenant';
import { openAccount } from '#lib/ledger/open-account';
import { reserve } from '#lib/ledger/reserve';
import { settle } from '#lib/ledger/settle';
import { checkPromise } from './check-promise.ts';
import { violationsOf } from './promise-checks.ts';
import { RecentPromise } from './recent-promise.ts';

const RHO = 433_000_000n;
const signer = { origin: 'fdlr/test', key: keyInMemory(generateKeyPairSync('ed25519').privateKey) };
const published = verifierKey(signer.origin, signer.key.publicKey);
let database: TestDatabase;
let dpo: SessionActor;
let foreignDpo: SessionActor;
let accountId: string;
let foreignId: string;
let totals: LeafTotals;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  dpo = await createUser(db, tenant, 'dpo');
  const foreign = await createTenant(db);
  foreignDpo = await createUser(db, foreign, 'dpo');
  accountId = await open(tenant.organisationId);
  foreignId = await open(foreign.organisationId);
  for (let i = 0; i < 3; i++) await charge([accountId, foreignId]);
  while ((await integrate(database.pool, signer)) > 0);
});
beforeEach(() => {
  totals = new LeafTotals();
});
afterAll(() => database?.close());

async function open(organisationId: string): Promise<string> {
  const ownerId = randomUUID();
  const owner = { kind: 'dataset', ownerId, organisationId, name: 'Records' } as const;
  await transaction(database.pool, (client) =>
    openAccount(client, {
      ...owner,
      period: currentPeriod(new Date()),
      capRhoPico: RHO * 10n,
      delta: '0.00001',
    }),
  );
  return (await database.prisma.account.findFirstOrThrow({ where: { ownerId } })).id;
}

async function charge(accountIds: string[]): Promise<void> {
  const requestId = randomUUID();
  const { organisationId, departmentId, userId } = dpo;
  await reserve(database.pool, {
    requestId,
    organisationId,
    departmentId,
    userId,
    apiKeyId: null,
    pseudonym: randomUUID(),
    route: 'federated',
    mechanism: 'vote',
    mode: 'exact',
    model: 'demo-medllama',
    purpose: 'research',
    bodyHash: Buffer.alloc(32),
    labelCount: 2,
    replica: 'test',
    epsilon: 0.1,
    delta: '0.00001',
    rhoPico: RHO,
    nodes: 4,
    shards: 256,
    parameters: {},
    accountIds,
    reservedForMs: 60_000,
  });
  await settle(database.pool, {
    requestId,
    outcome: 'answered',
    code: null,
    message: null,
    chargeRhoPico: null,
    receipts: [],
    stagesMs: {},
    sealReply: null,
  });
}

const look = (actor: SessionActor, key: string | null = published) =>
  checkPromise(database.prisma, actor, { totals, verifierKey: key });
const brokenBy = async (actor: SessionActor) =>
  (await look(actor)).checks.filter((check) => check.state === 'broken').map((check) => check.name);

/** Tampers, looks, and puts everything back as it was. */
async function tampered<T>(sql: string, undo: string, then: () => Promise<T>): Promise<T> {
  await database.pool.query(sql);
  try {
    return await then();
  } finally {
    await database.pool.query(undo);
  }
}

describe('the promise', () => {
  it('is kept by an honest ledger, and says how much was looked at', async () => {
    const report = await look(dpo);
    expect(violationsOf(report)).toBe(0);
    expect(report.checks).toEqual([
      { name: 'caps', state: 'kept', checked: 1, violations: [] },
      { name: 'sums', state: 'kept', checked: 1, violations: [] },
      { name: 'leaves', state: 'kept', checked: 8, violations: [] },
      { name: 'alerts', state: 'kept', checked: 0, violations: [] },
      { name: 'head', state: 'kept', checked: 8, violations: [] },
    ]);
  });

  it('counts charges whose leaves wait for their index, and reads each leaf once', async () => {
    await look(dpo);
    await charge([accountId]);
    expect(await brokenBy(dpo)).toEqual([]);
    expect(totals.size).toBe(8n);
    while ((await integrate(database.pool, signer)) > 0);
    expect(await brokenBy(dpo)).toEqual([]);
    expect(totals.size).toBe(10n);
  });

  it('is broken where a balance is not what its entries and leaves say, for its own organisation only', async () => {
    const move = (by: bigint) =>
      `UPDATE account SET spent_rho_pico = spent_rho_pico + ${by} WHERE id = '${foreignId}'`;
    await tampered(move(-1n), move(1n), async () => {
      expect(await brokenBy(dpo)).toEqual([]);
      const { checks } = await look(foreignDpo);
      const violations = [{ id: foreignId, name: 'Records' }];
      expect(checks.find((check) => check.name === 'sums')?.violations).toEqual(violations);
      expect(checks.find((check) => check.name === 'leaves')?.violations).toEqual(violations);
    });
  });

  it('is broken where entries and balance were changed together, since the leaves still tell', async () => {
    const both = (by: bigint) => `
      UPDATE account SET spent_rho_pico = spent_rho_pico + ${by} WHERE id = '${accountId}';
      INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters)
      VALUES (gen_random_uuid(), gen_random_uuid(), '${accountId}', 'adjust', ${by}, 0, 'vote', '{}')`;
    await tampered(both(-RHO), both(RHO), async () => expect(await brokenBy(dpo)).toEqual(['leaves']));
  });

  it('is broken where the head is signed by another key, or its subtrees were changed', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const other = await look(dpo, verifierKey(signer.origin, stranger));
    expect(other.checks.at(-1)).toMatchObject({ state: 'broken', violations: [{ id: 'signature' }] });
    const flip = `UPDATE audit_node SET hash = set_byte(hash, 0, 255 - get_byte(hash, 0)) WHERE level = 3`;
    const faults = await tampered(flip, flip, () => look(dpo));
    expect(faults.checks.at(-1)).toMatchObject({ state: 'broken', violations: [{ id: 'root' }] });
  });

  it('is broken where a leaf was forgotten', async () => {
    await database.pool.query(
      `INSERT INTO audit_leaf (id, leaf_hash, entry, type, created_at)
       VALUES (gen_random_uuid(), '\\x01', '{}', 'node.pinned', now() - interval '1 minute')`,
    );
    const report = await look(dpo);
    await database.pool.query(`DELETE FROM audit_leaf WHERE leaf_hash = '\\x01'`);
    expect(report.checks.at(-1)).toMatchObject({ state: 'broken', violations: [{ id: 'waiting' }] });
  });

  it('is broken while a critical alert fires for the organisation or for everybody', async () => {
    const id = randomUUID();
    const raised = { id, severity: 'critical', code: 'log_fork', subjectId: randomUUID() } as const;
    const { organisationId } = foreignDpo;
    const alert = await database.prisma.alert.create({ data: { ...raised, organisationId } });
    expect(await brokenBy(dpo)).toEqual([]);
    await database.prisma.alert.update({ where: { id: alert.id }, data: { organisationId: null } });
    expect(await brokenBy(dpo)).toEqual(['alerts']);
    await database.prisma.alert.update({ where: { id }, data: { clearedAt: new Date() } });
    expect(await brokenBy(dpo)).toEqual([]);
  });

  it('is not called kept where it could not be checked', async () => {
    expect((await look(dpo, null)).checks.at(-1)).toMatchObject({ name: 'head', state: 'notMade' });
  });

  it('is not for a clinician', async () => {
    await expect(look({ ...dpo, role: 'clinician' })).rejects.toThrow(ForbiddenError);
  });
});

describe('the latest report', () => {
  it('is shown again while it is young, to those who may see it', async () => {
    const recent = new RecentPromise(async () => published);
    const now = new Date();
    const first = await recent.report(database.prisma, dpo, now);
    expect(await recent.report(database.prisma, dpo, new Date(now.getTime() + 20_000))).toBe(first);
    const later = await recent.report(database.prisma, dpo, new Date(now.getTime() + 40_000));
    expect(later.checkedAt.getTime()).toBe(now.getTime() + 40_000);
    const theirs = await recent.report(database.prisma, foreignDpo, now);
    expect(theirs).not.toBe(first);
    const clinician = { ...dpo, role: 'clinician' } as const;
    await expect(recent.report(database.prisma, clinician, now)).rejects.toThrow(ForbiddenError);
  });

  it('is the same after the log was read ahead', async () => {
    const recent = new RecentPromise(async () => published);
    await recent.warmUp(database.prisma);
    const { checks } = await recent.report(database.prisma, dpo);
    expect(checks).toEqual((await look(dpo)).checks);
  });

  it('is made anew as long as something could not be checked', async () => {
    let key: string | null = null;
    const recent = new RecentPromise(async () => key);
    const now = new Date();
    expect((await recent.report(database.prisma, dpo, now)).checks.at(-1)?.state).toBe('notMade');
    key = published;
    expect((await recent.report(database.prisma, dpo, now)).checks.at(-1)?.state).toBe('kept');
  });
});
