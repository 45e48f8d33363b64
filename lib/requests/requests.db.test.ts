import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import {
  chargeAccount,
  createAccount,
  createRequest,
  createTenant,
  createUser,
} from '../identity/testing/tenant.ts';
import { getRequest } from './get-request.ts';
import { listRequests } from './list-requests.ts';
import { parseRequestQuery } from './request-query.ts';

const RHO = 433_000_000n;
let database: TestDatabase;
let asker: SessionActor;
let colleague: SessionActor;
let officer: SessionActor;
let operator: SessionActor;
let foreignOfficer: SessionActor;
let own: string;
let colleagues: string;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  asker = await createUser(db, tenant, 'clinician');
  colleague = await createUser(db, tenant, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  operator = await createUser(db, tenant, 'node_operator');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  own = await createRequest(db, asker);
  colleagues = await createRequest(db, colleague);
});
afterAll(() => database.close());

const idsOf = async (actor: SessionActor) =>
  (await listRequests(database.prisma, actor, parseRequestQuery({}))).rows.map((row) => row.id).toSorted();

describe('requests', () => {
  it('are listed to whom they belong and to those who oversee them', async () => {
    expect(await idsOf(asker)).toEqual([own]);
    expect(await idsOf(colleague)).toEqual([colleagues]);
    expect(await idsOf(officer)).toEqual([own, colleagues].toSorted());
    expect(await idsOf(foreignOfficer)).toEqual([]);
    await expect(idsOf(operator)).rejects.toThrow(ForbiddenError);
  });

  it('open for the same people, and are simply not there for others', async () => {
    const db = database.prisma;
    await expect(getRequest(db, asker, own)).resolves.toMatchObject({ id: own, chargedRho: '0.000433' });
    await expect(getRequest(db, officer, own)).resolves.toMatchObject({ id: own });
    for (const [actor, id] of [
      [asker, colleagues],
      [foreignOfficer, own],
      [asker, randomUUID()],
      [asker, 'not-an-id'],
    ] as const) {
      await expect(getRequest(db, actor, id)).rejects.toThrow(NotFoundError);
    }
    await expect(getRequest(db, operator, own)).rejects.toThrow(ForbiddenError);
  });

  it('never hand out the stored answer', async () => {
    const detail = await getRequest(database.prisma, officer, own);
    expect(Object.keys(detail)).not.toContain('answerCiphertext');
    expect(Object.keys(detail)).not.toContain('bodyHash');
  });

  it('name the purpose, and neither the words of the router nor a bound where nothing was let go', async () => {
    const db = database.prisma;
    const id = await createRequest(db, asker);
    expect(await getRequest(db, asker, id)).toMatchObject({
      purpose: 'clinical-decision-support',
      epsilon: 0.1,
    });
    const code = 'clinical-decision-support';
    await db.purpose.create({ data: { code, display: 'Clinical decision support', description: '' } });
    const failure = {
      state: 'failed',
      errorCode: 'round_failed',
      errorMessage: 'As the router says it.',
    } as const;
    await db.request.update({ where: { id }, data: { ...failure, chargedRhoPico: 0n } });

    const detail = await getRequest(db, asker, id);
    expect(detail).toMatchObject({
      purpose: 'Clinical decision support',
      outcome: 'failed_free',
      errorCode: 'round_failed',
      epsilon: null,
    });
    expect(JSON.stringify(detail)).not.toContain('As the router says it.');
    const listed = (await listRequests(db, asker, parseRequestQuery({ state: 'failed' }))).rows;
    expect(listed).toMatchObject([{ id, epsilon: null }]);
    await db.request.delete({ where: { id } });
  });

  it('show the charges on accounts the viewer may see, and only count the rest', async () => {
    const db = database.prisma;
    const { organisationId, userId } = asker;
    const userAccount = await createAccount(db, organisationId, 'user', userId, '2026');
    const dataset = await createAccount(db, organisationId, 'dataset', randomUUID(), '2026');
    const foreign = await createAccount(db, foreignOfficer.organisationId, 'dataset', randomUUID(), '2026');
    for (const account of [userAccount, dataset, foreign]) await chargeAccount(db, account, own, RHO);
    await chargeAccount(db, dataset, randomUUID(), 3n * RHO, new Date(Date.now() - 60_000));

    const seen = (await getRequest(db, asker, own)).charges;
    expect(
      seen.accounts.map((account) => [account.accountId, account.spentRho, account.reservedRho]),
    ).toEqual([[userAccount, '0.000433', '0']]);
    expect(seen.withheld).toBe(2);
    expect(seen.accounts[0]).toMatchObject({ leftBeforeRho: '1', leftAfterRho: '0.999567' });

    const overseen = (await getRequest(db, officer, own)).charges;
    expect(overseen.accounts.map((account) => account.accountId)).toEqual([userAccount, dataset]);
    expect(overseen.withheld).toBe(1);
    // What others were charged before counts; what they were charged since does not.
    const long = await createRequest(db, asker, new Date('2020-02-01T00:00:00Z'));
    await chargeAccount(db, userAccount, long, RHO, new Date('2020-02-01T00:00:00Z'));
    expect((await getRequest(db, asker, long)).charges.accounts).toMatchObject([{ leftBeforeRho: '1' }]);
    expect((await getRequest(db, asker, own)).charges.accounts[0]).toMatchObject({
      leftBeforeRho: '0.999567',
    });
    await db.request.delete({ where: { id: long } });
    await chargeAccount(db, dataset, randomUUID(), RHO, new Date(Date.now() + 60_000));
    expect((await getRequest(db, officer, own)).charges.accounts[1]).toMatchObject({
      leftBeforeRho: '0.998701',
      leftAfterRho: '0.998268',
    });
  });
});
