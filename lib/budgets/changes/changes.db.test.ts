import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from '#lib/errors';
import { PROOF_MS } from '#lib/identity/require-proved';
import { leavesAbout, pseudonymOf } from '#lib/identity/testing/leaves';
import { signedIn } from '#lib/identity/testing/second-factor';
import { chargeAccount, createRequest, createTenant, createUser } from '#lib/identity/testing/tenant';
import { needsOf } from '#lib/overview/needs';
import { epsilonFromRho, rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { approveChange } from './approve-change.ts';
import { getChange } from './get-change.ts';
import { listChanges } from './list-changes.ts';
import { openableHolders } from './openable-holders.ts';
import { countPending } from './pending-decisions.ts';
import { proposeChange } from './propose-change.ts';
import { rejectChange } from './reject-change.ts';
import type { Propose } from './schemas.ts';
import { NOW, officers, REASON, toldOf } from './testing-change.ts';
import { withdrawChange } from './withdraw-change.ts';

const DELTA = 0.00001;
const YES = { reason: 'The numbers are within our policy' };
let database: TestDatabase;
let all: Awaited<ReturnType<typeof officers>>;

beforeAll(async () => {
  database = await testDatabase();
  all = await officers(database);
});
afterAll(() => database.close());

const db = () => database.prisma;
const accountOf = (id: string) => db().account.findUniqueOrThrow({ where: { id } });

/** Another clinician's account of the same organisation, with this much spent. */
async function freshAccount(spentRhoPico = 0n) {
  const clinician = await createUser(db(), all.tenant, 'clinician');
  const id = randomUUID();
  const { organisationId } = all.tenant;
  const rest = { ownerId: clinician.userId, organisationId, name: 'user', period: '2026', delta: '0.00001' };
  await db().account.create({ data: { id, kind: 'user', capRhoPico: 10n ** 12n, ...rest } });
  if (spentRhoPico > 0n)
    await chargeAccount(db(), id, await createRequest(db(), clinician, NOW), spentRhoPico);
  return { id, ownerId: clinician.userId };
}

const cap = (accountId: string, epsilon: number): Propose => ({
  kind: 'cap',
  accountId,
  epsilon,
  reason: REASON,
  increaseId: null,
});
const propose = (input: Propose, actor: SessionActor = all.dpo, now = NOW) =>
  proposeChange(db(), actor, input, now);
const approve = (id: string, actor: SessionActor = all.officer, now = NOW) =>
  approveChange(db(), actor, id, YES, now);

describe('proposing', () => {
  it('moves nothing, tells the log and every compliance officer', async () => {
    const { id: accountId } = await freshAccount();
    const before = await accountOf(accountId);
    const { id } = await propose(cap(accountId, 12));
    expect(await accountOf(accountId)).toEqual(before);
    expect(await leavesAbout(db(), id)).toMatchObject([
      {
        type: 'budget.change_proposed',
        by: await pseudonymOf(db(), all.dpo.userId),
        changeId: id,
        change: 'cap',
        accountId,
        fromRhoPico: String(10n ** 12n),
        toRhoPico: String(rhoFromEpsilon(12, DELTA)),
      },
    ]);
    expect(JSON.stringify(await leavesAbout(db(), id))).not.toContain(REASON);
    expect(await toldOf(database, id)).toEqual([`proposed ${all.officer.userId}`]);
    await expect(propose({ kind: 'freeze', accountId, reason: REASON })).rejects.toMatchObject({
      code: 'already_proposed',
    });
  });

  it('is for data-protection officers, and for budgets of their own organisation', async () => {
    const { id } = await freshAccount();
    for (const actor of [all.officer, all.clinician, await createUser(db(), all.tenant, 'admin')]) {
      await expect(propose(cap(id, 12), actor)).rejects.toThrow(ForbiddenError);
    }
    const other = await officers(database);
    await expect(propose(cap(id, 12), other.dpo)).rejects.toThrow(NotFoundError);
    await expect(propose(cap(randomUUID(), 12))).rejects.toThrow(NotFoundError);
    const told = (input: Propose, actor = all.dpo) => propose(input, actor).then(String, String);
    const nobodys = cap(randomUUID(), 12);
    expect(await told(cap(id, 12), other.dpo)).toBe(await told(nobodys));
    expect(await told(cap('no id', 12))).toBe(await told(nobodys));
    const foreignHolder = { holderKind: 'department', ownerId: other.tenant.departmentId } as const;
    await expect(
      propose({ kind: 'open', ...foreignHolder, period: '2027', epsilon: 5, reason: REASON }),
    ).rejects.toThrow(NotFoundError);
  });

  it('of an account of others waits for nobody', async () => {
    const { id } = await freshAccount();
    const other = await officers(database);
    const holder = await database.pool.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT id FROM account WHERE id = $1 FOR UPDATE', [id]);
      await expect(propose(cap(id, 12), other.dpo)).rejects.toThrow(NotFoundError);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  });

  it('takes a second factor, proved within five minutes', async () => {
    const { id } = await freshAccount();
    const plain = await signedIn(db(), await createUser(db(), all.tenant, 'dpo'), NOW);
    await expect(propose(cap(id, 12), plain)).rejects.toMatchObject({ code: 'second_factor_missing' });
    const late = new Date(NOW.getTime() + PROOF_MS + 1);
    await expect(propose(cap(id, 12), all.dpo, late)).rejects.toMatchObject({
      status: 403,
      code: 'proof_needed',
      extra: { withCode: true },
    });
    expect(await db().budgetChange.count({ where: { accountId: id } })).toBe(0);
  });

  it('refuses a cap below what is spent, the same cap, a state that is so already and a period that is over', async () => {
    const { id } = await freshAccount(5n * 10n ** 11n);
    await expect(propose(cap(id, 1))).rejects.toMatchObject({
      status: 422,
      code: 'cap_below_spent',
      extra: { used: '0.5' },
    });
    await expect(propose({ kind: 'thaw', accountId: id, reason: REASON })).rejects.toMatchObject({
      code: 'nothing_to_change',
    });
    await db().account.update({ where: { id }, data: { capRhoPico: rhoFromEpsilon(12, DELTA) } });
    await expect(propose(cap(id, 12))).rejects.toMatchObject({ code: 'nothing_to_change' });
    await db().account.update({ where: { id }, data: { period: '2025' } });
    await expect(propose(cap(id, 13))).rejects.toMatchObject({ code: 'period_over' });
  });
});

describe('approving', () => {
  it('changes the cap, in one step with the log, which has both sides', async () => {
    const { id: accountId } = await freshAccount(10n ** 11n);
    const { id } = await propose(cap(accountId, 12));
    expect(await approve(id)).toEqual({ accountId });
    const to = rhoFromEpsilon(12, DELTA);
    expect(await accountOf(accountId)).toMatchObject({ capRhoPico: to, spentRhoPico: 10n ** 11n });
    const stood = { spentRhoPico: String(10n ** 11n), delta: '0.00001', state: 'open' };
    expect((await leavesAbout(db(), id))[1]).toMatchObject({
      type: 'budget.change_approved',
      by: await pseudonymOf(db(), all.officer.userId),
      accountId,
      before: { capRhoPico: String(10n ** 12n), ...stood },
      after: { capRhoPico: String(to), ...stood },
    });
    expect(await toldOf(database, id)).toContain(`decided ${all.dpo.userId}`);
    await expect(approve(id)).rejects.toMatchObject({ status: 409, code: 'already_decided' });
  });

  it('is never for who proposed it, not even in another role, nor for another role or organisation', async () => {
    const { id: accountId } = await freshAccount();
    const { id } = await propose(cap(accountId, 12));
    await expect(approve(id, all.dpo)).rejects.toThrow(ForbiddenError);
    await expect(approve(id, all.clinician)).rejects.toThrow(ForbiddenError);
    await expect(approve(id, (await officers(database)).officer)).rejects.toThrow(NotFoundError);
    const told = (change: string, actor?: SessionActor) => approve(change, actor).then(String, String);
    expect(await told(id, (await officers(database)).officer)).toBe(await told(randomUUID()));
    await expect(approve(randomUUID())).rejects.toThrow(NotFoundError);
    await db().user.update({ where: { id: all.dpo.userId }, data: { role: 'compliance_officer' } });
    const turned = { ...all.dpo, role: 'compliance_officer' as const };
    await expect(approve(id, turned)).rejects.toMatchObject({ code: 'own_proposal' });
    await expect(rejectChange(db(), turned, id, YES, NOW)).rejects.toMatchObject({ code: 'own_proposal' });
    await db().user.update({ where: { id: all.dpo.userId }, data: { role: 'dpo' } });
    const late = new Date(NOW.getTime() + PROOF_MS + 1);
    await expect(approve(id, all.officer, late)).rejects.toMatchObject({ code: 'proof_needed' });
    // The table itself knows no approval by one person.
    const byOne = { state: 'approved', decidedById: all.dpo.userId } as const;
    await expect(db().budgetChange.update({ where: { id }, data: byOne })).rejects.toThrow();
    expect((await accountOf(accountId)).capRhoPico).toBe(10n ** 12n);
  });

  it('of two who decide at the same moment one is heard', async () => {
    const { id: accountId } = await freshAccount();
    const { id } = await propose(cap(accountId, 12));
    const second = (await officers(database, all.tenant)).officer;
    const both = await Promise.allSettled([approve(id), rejectChange(db(), second, id, YES, NOW)]);
    const refused = both.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).toBeInstanceOf(ConflictError);
    expect(await leavesAbout(db(), id)).toHaveLength(2);
  });

  it('is refused, whole, where the cap is another one by now, or more was spent than it would bear', async () => {
    const moved = await freshAccount();
    const { id } = await propose(cap(moved.id, 12));
    await db().account.update({ where: { id: moved.id }, data: { capRhoPico: 2n * 10n ** 12n } });
    expect(await getChange(db(), all.officer, id, NOW)).toMatchObject({ isVoid: true });
    await expect(approve(id)).rejects.toMatchObject({ status: 409, code: 'cap_changed' });
    expect(await getChange(db(), all.officer, id, NOW)).toMatchObject({ state: 'proposed' });

    const spent = await freshAccount(10n ** 10n);
    const lowered = await propose(cap(spent.id, 3));
    await db().account.update({ where: { id: spent.id }, data: { reservedRhoPico: 5n * 10n ** 11n } });
    await expect(approve(lowered.id)).rejects.toThrow(UnprocessableError);
    expect(await accountOf(spent.id)).toMatchObject({ capRhoPico: 10n ** 12n });
    expect(await leavesAbout(db(), lowered.id)).toHaveLength(1);
  });

  it('freezes and thaws', async () => {
    const { id: accountId } = await freshAccount();
    await approve((await propose({ kind: 'freeze', accountId, reason: REASON })).id);
    expect((await accountOf(accountId)).state).toBe('frozen');
    await approve((await propose({ kind: 'thaw', accountId, reason: REASON })).id);
    expect((await accountOf(accountId)).state).toBe('open');
  });

  it('opens the account of a new period, with its leaf', async () => {
    const { ownerId } = await freshAccount();
    const open = { kind: 'open', holderKind: 'user', ownerId, epsilon: 5, reason: REASON } as const;
    await expect(propose({ ...open, period: '2028' })).rejects.toMatchObject({ code: 'period_too_far' });
    await expect(propose({ ...open, period: '2026' })).rejects.toMatchObject({ code: 'nothing_to_change' });
    const openable = await openableHolders(db(), all.dpo, NOW);
    expect(openable).toContainEqual(expect.objectContaining({ ownerId, period: '2027' }));
    expect(await openableHolders(db(), all.officer, NOW)).toBeNull();
    const { id } = await propose({ ...open, period: '2027' });
    // The leaf alone says for whom: people by pseudonym, others by their id.
    expect((await leavesAbout(db(), id))[0]).toMatchObject({
      change: 'open',
      accountId: null,
      holderKind: 'user',
      ownerId: await pseudonymOf(db(), ownerId),
      period: '2027',
      delta: '0.00001',
    });
    const { departmentId } = all.tenant;
    const forMany = { ...open, holderKind: 'department', ownerId: departmentId, period: '2027' } as const;
    const other = await propose(forMany);
    expect((await leavesAbout(db(), other.id))[0]).toMatchObject({
      holderKind: 'department',
      ownerId: departmentId,
    });
    const { accountId } = await approve(id);
    expect(await accountOf(accountId)).toMatchObject({
      ownerId,
      period: '2027',
      capRhoPico: rhoFromEpsilon(5, DELTA),
      spentRhoPico: 0n,
      state: 'open',
    });
    expect((await leavesAbout(db(), accountId)).map(({ type }) => type)).toEqual(['account.open']);
    expect((await leavesAbout(db(), id))[1]).toMatchObject({ before: null, accountId });
    expect(await getChange(db(), all.dpo, id, NOW)).toMatchObject({ accountId, state: 'approved' });
  });
});

describe('a no', () => {
  it('by the second person keeps its reason and moves nothing', async () => {
    const { id: accountId } = await freshAccount();
    const { id } = await propose(cap(accountId, 12));
    await expect(rejectChange(db(), all.dpo, id, YES, NOW)).rejects.toThrow(ForbiddenError);
    await rejectChange(db(), all.officer, id, YES, NOW);
    expect(await accountOf(accountId)).toMatchObject({ capRhoPico: 10n ** 12n });
    expect((await leavesAbout(db(), id))[1]).toMatchObject({
      type: 'budget.change_dropped',
      outcome: 'rejected',
    });
    expect(await getChange(db(), all.dpo, id, NOW)).toMatchObject({ decisionReason: YES.reason });
    // There is room for another proposal.
    await propose(cap(accountId, 11));
  });

  it('or by withdrawing it, which a compliance officer cannot', async () => {
    const { id: accountId } = await freshAccount();
    const { id } = await propose(cap(accountId, 12));
    await expect(withdrawChange(db(), all.officer, id, NOW)).rejects.toThrow(ForbiddenError);
    await withdrawChange(db(), all.dpo, id, NOW);
    await expect(withdrawChange(db(), all.dpo, id, NOW)).rejects.toThrow(ConflictError);
    expect((await leavesAbout(db(), id))[1]).toMatchObject({ outcome: 'withdrawn' });
    await expect(approve(id)).rejects.toThrow(ConflictError);
  });
});

describe('what waits', () => {
  it('counts for the second person alone, and shows the numbers the decision rests on', async () => {
    const own = await officers(database);
    const { organisationId } = own.tenant;
    const before = { kind: 'user', ownerId: own.clinician.userId, organisationId, name: 'user' } as const;
    const rest = { delta: '0.00001', capRhoPico: 10n ** 12n, spentRhoPico: 3n * 10n ** 11n };
    await db().account.create({ data: { ...before, ...rest, id: randomUUID(), period: '2025' } });
    const { id } = await propose(cap(own.accountId, 12), own.dpo);
    expect(await countPending(db(), own.officer)).toBe(1);
    for (const actor of [own.dpo, own.clinician]) expect(await countPending(db(), actor)).toBe(0);
    expect(await needsOf(db(), own.officer, 1n, NOW)).toContainEqual(
      expect.objectContaining({ kind: 'changeProposed', id }),
    );
    expect((await needsOf(db(), own.dpo, 1n, NOW)).map(({ kind }) => kind)).not.toContain('changeProposed');
    const detail = await getChange(db(), own.officer, id, NOW);
    expect(detail).toMatchObject({ mayDecide: true, mayWithdraw: false, isVoid: false, patients: null });
    expect(detail.alsoWaiting).toEqual([]);
    // The year before is over: it can come to no more than was spent in it.
    const worst = rhoFromEpsilon(12, DELTA) + 3n * 10n ** 11n;
    expect(detail.consequence).toMatchObject({
      change: 'raises',
      lifetimeSpentEpsilon: epsilonFromRho(3n * 10n ** 11n, DELTA),
      lifetimeWorstEpsilon: epsilonFromRho(worst, DELTA),
    });
    // What waits for the same holder in another year is named, each at the other.
    const row = await db().budgetChange.findUniqueOrThrow({ where: { id } });
    const next = randomUUID();
    const opened = { kind: 'open' as const, accountId: null, fromRhoPico: null, period: '2027' };
    await db().budgetChange.create({ data: { ...row, ...opened, id: next } });
    expect((await getChange(db(), own.officer, id, NOW)).alsoWaiting).toMatchObject([
      { id: next, period: '2027' },
    ]);
    expect((await getChange(db(), own.officer, next, NOW)).alsoWaiting).toMatchObject([{ id }]);
    await db().budgetChange.delete({ where: { id: next } });
    const { waiting, decided } = await listChanges(db(), own.officer);
    expect(waiting.map((one) => one.id)).toEqual([id]);
    expect(decided).toEqual([]);
    expect(await listChanges(db(), own.clinician)).toEqual({ waiting: [], decided: [] });
    await expect(getChange(db(), own.clinician, id, NOW)).rejects.toThrow(NotFoundError);
    await expect(getChange(db(), all.officer, id, NOW)).rejects.toThrow(NotFoundError);
    const operator = await createUser(db(), await createTenant(db()), 'node_operator');
    await expect(listChanges(db(), operator)).rejects.toThrow(ForbiddenError);
  });
});
