import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from '#lib/errors';
import { leavesAbout, pseudonymOf } from '#lib/identity/testing/leaves';
import { createUser } from '#lib/identity/testing/tenant';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { approveChange } from '../changes/approve-change.ts';
import { countPending } from '../changes/pending-decisions.ts';
import { proposeChange } from '../changes/propose-change.ts';
import { NOW, officers, REASON, toldOf } from '../changes/testing-change.ts';
import { askForMore } from './ask-for-more.ts';
import { askableAccount } from './askable-account.ts';
import { declineIncrease } from './decline-increase.ts';
import { listIncreases } from './list-increases.ts';
import { withdrawIncrease } from './withdraw-increase.ts';

const ANSWER = { answer: 'Not before the review of this quarter' };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function asked() {
  const all = await officers(database);
  const { accountId, clinician } = all;
  const { id } = await askForMore(
    database.prisma,
    clinician,
    { accountId, epsilon: 12, reason: REASON },
    NOW,
  );
  return { ...all, id };
}

it('a clinician asks for their own account, once, and every data-protection officer is told', async () => {
  const db = database.prisma;
  const { id, accountId, clinician, dpo } = await asked();
  expect(await leavesAbout(db, id)).toMatchObject([
    {
      type: 'budget.requested',
      by: await pseudonymOf(db, clinician.userId),
      budgetRequestId: id,
      accountId,
      wantedRhoPico: String(rhoFromEpsilon(12, 0.00001)),
    },
  ]);
  expect(await toldOf(database, id)).toEqual([`asked ${dpo.userId}`]);
  expect(await countPending(db, dpo)).toBe(1);
  const again = { accountId, epsilon: 14, reason: REASON };
  await expect(askForMore(db, clinician, again, NOW)).rejects.toMatchObject({ code: 'already_asked' });
  expect(await askableAccount(db, clinician, NOW)).toMatchObject({ id: accountId, waiting: true });
});

it('nobody asks for another’s account, for no more than there is, or as an officer', async () => {
  const db = database.prisma;
  const { accountId, clinician, dpo, tenant } = await officers(database);
  const ask = (actor: typeof dpo, epsilon = 12) =>
    askForMore(db, actor, { accountId, epsilon, reason: REASON }, NOW);
  await expect(ask(await createUser(db, tenant, 'clinician'))).rejects.toThrow(NotFoundError);
  await expect(ask((await officers(database)).clinician)).rejects.toThrow(NotFoundError);
  await expect(ask(dpo)).rejects.toThrow(ForbiddenError);
  await expect(ask(clinician, 0.5)).rejects.toThrow(UnprocessableError);
  expect(await askableAccount(db, dpo, NOW)).toBeNull();
  const both = await Promise.allSettled([ask(clinician), ask(clinician)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('an officer declines with an answer that the asker reads', async () => {
  const db = database.prisma;
  const { id, dpo, officer, clinician } = await asked();
  await expect(declineIncrease(db, officer, id, ANSWER, NOW)).rejects.toThrow(ForbiddenError);
  await expect(declineIncrease(db, (await officers(database)).dpo, id, ANSWER, NOW)).rejects.toThrow(
    NotFoundError,
  );
  await declineIncrease(db, dpo, id, ANSWER, NOW);
  await expect(declineIncrease(db, dpo, id, ANSWER, NOW)).rejects.toThrow(ConflictError);
  expect((await leavesAbout(db, id))[1]).toMatchObject({
    type: 'budget.request_closed',
    by: await pseudonymOf(db, dpo.userId),
    outcome: 'declined',
    changeId: null,
  });
  expect(await toldOf(database, id)).toContain(`answered ${clinician.userId}`);
  expect(await listIncreases(db, clinician)).toMatchObject([{ id, state: 'declined', ...ANSWER }]);
  expect(await countPending(db, dpo)).toBe(0);
});

it('a proposal takes it up, and what becomes of the one becomes of the other', async () => {
  const db = database.prisma;
  const { id, dpo, officer, clinician, accountId, tenant } = await asked();
  const propose = (target: string) =>
    proposeChange(
      db,
      dpo,
      { kind: 'cap', accountId: target, epsilon: 12, reason: REASON, increaseId: id },
      NOW,
    );
  const colleague = await createUser(db, tenant, 'clinician');
  const elsewhere = randomUUID();
  const other = { ownerId: colleague.userId, organisationId: dpo.organisationId, name: 'user' };
  await db.account.create({
    data: { ...other, id: elsewhere, kind: 'user', period: '2026', capRhoPico: 5n, delta: '0.00001' },
  });
  await expect(propose(elsewhere)).rejects.toMatchObject({ code: 'other_account' });
  const change = await propose(accountId);
  expect(await listIncreases(db, clinician)).toMatchObject([
    { state: 'proposed', change: { id: null, state: 'proposed' }, mayWithdraw: false },
  ]);
  expect((await leavesAbout(db, id))[1]).toMatchObject({ outcome: 'proposed', changeId: change.id });
  await approveChange(db, officer, change.id, { reason: 'Within our policy' }, NOW);
  expect(await listIncreases(db, clinician)).toMatchObject([
    { state: 'proposed', change: { state: 'approved', reason: 'Within our policy' } },
  ]);
  expect(await toldOf(database, id)).toEqual([
    `answered ${clinician.userId}`,
    `asked ${dpo.userId}`,
    `settled ${clinician.userId}`,
  ]);
});

it('its asker withdraws it, and nobody else', async () => {
  const db = database.prisma;
  const { id, dpo, clinician, tenant } = await asked();
  const colleague = await createUser(db, tenant, 'clinician');
  await expect(withdrawIncrease(db, colleague, id, NOW)).rejects.toThrow(NotFoundError);
  await expect(withdrawIncrease(db, dpo, id, NOW)).rejects.toThrow(ForbiddenError);
  await withdrawIncrease(db, clinician, id, NOW);
  expect((await leavesAbout(db, id))[1]).toMatchObject({ outcome: 'withdrawn' });
  expect(await listIncreases(db, colleague)).toEqual([]);
});
