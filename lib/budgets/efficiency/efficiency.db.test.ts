import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '../../actor.ts';
import { type TestDatabase, testDatabase } from '../../db/testing.ts';
import { ForbiddenError, NotFoundError } from '../../errors.ts';
import { createAccount, createTenant, createUser } from '../../identity/testing/tenant.ts';
import { chargeForEpsilon } from '../../privacy/mechanisms/vote-charge.ts';
import { currentPeriod } from '../current-period.ts';
import { accountEfficiency } from './account-efficiency.ts';
import { periodEfficiency } from './period-efficiency.ts';

const PERIOD = currentPeriod(new Date());
const { beta, rhoPico: VOTE_RHO } = chargeForEpsilon(0.1, 1e-5);
let database: TestDatabase;
let clinician: SessionActor;
let officer: SessionActor;
let operator: SessionActor;
let foreignOfficer: SessionActor;
let mine: string;
let dataset: string;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  clinician = await createUser(db, tenant, 'clinician');
  officer = await createUser(db, tenant, 'dpo');
  operator = await createUser(db, tenant, 'node_operator');
  foreignOfficer = await createUser(db, await createTenant(db), 'dpo');
  mine = await createAccount(db, tenant.organisationId, 'user', clinician.userId, PERIOD);
  dataset = await createAccount(db, tenant.organisationId, 'dataset', randomUUID(), PERIOD);
  await createAccount(db, tenant.organisationId, 'user', clinician.userId, String(Number(PERIOD) - 1));
});
afterAll(() => database.close());

/** A vote reserved and settled, or only reserved, or settled under another name. */
async function charge(
  accountId: string,
  options: { mechanism?: string; isSettled?: boolean; cohort?: string } = {},
) {
  const { mechanism = 'vote', isSettled = true, cohort = randomUUID() } = options;
  const parameters = {
    mode: 'exact',
    beta: { num: String(beta.num), den: String(beta.den) },
    K: 4,
    s: 256,
    cohort: [cohort],
  };
  const entry = { requestId: randomUUID(), accountId, mechanism, parameters };
  await database.prisma.ledgerEntry.create({
    data: { ...entry, id: randomUUID(), kind: 'reserve', spentDeltaPico: 0n, reservedDeltaPico: VOTE_RHO },
  });
  if (!isSettled) return;
  await database.prisma.ledgerEntry.create({
    data: {
      ...entry,
      id: randomUUID(),
      kind: 'settle',
      spentDeltaPico: VOTE_RHO,
      reservedDeltaPico: -VOTE_RHO,
    },
  });
  await database.prisma.account.update({
    where: { id: accountId },
    data: { spentRhoPico: { increment: VOTE_RHO } },
  });
}

describe('the efficiency of an account', () => {
  it('is of what was settled, whichever hospitals were asked, and measured again after a charge', async () => {
    const db = database.prisma;
    expect(await accountEfficiency(db, clinician, mine)).toMatchObject({ charges: 0, efficiency: null });
    await charge(mine);
    await charge(mine, { isSettled: false });
    const one = await accountEfficiency(db, clinician, mine);
    expect(one).toMatchObject({ charges: 1, draws: 1, unknownCharges: 0, provenBy: 'pld', period: PERIOD });
    expect(one.efficiency).toBeCloseTo(0.573, 2);
    expect((await accountEfficiency(db, clinician, mine)).computedAt).toBe(one.computedAt);
    await charge(mine);
    const two = await accountEfficiency(db, clinician, mine);
    expect(two).toMatchObject({ charges: 2, draws: 2 });
    expect(two.efficiency).toBeGreaterThan(one.efficiency!);
  });

  it('counts what it does not know at its charge', async () => {
    await charge(dataset);
    await charge(dataset, { mechanism: 'somebody-elses' });
    expect(await accountEfficiency(database.prisma, officer, dataset)).toMatchObject({
      charges: 2,
      unknownCharges: 1,
    });
  });

  it('is seen by whom the account is', async () => {
    const db = database.prisma;
    await expect(accountEfficiency(db, officer, mine)).resolves.toMatchObject({ period: PERIOD });
    await expect(accountEfficiency(db, clinician, dataset)).rejects.toThrow(ForbiddenError);
    await expect(accountEfficiency(db, foreignOfficer, mine)).rejects.toThrow(NotFoundError);
    await expect(accountEfficiency(db, officer, 'not-an-id')).rejects.toThrow(NotFoundError);
  });
});

describe('the efficiency of a year', () => {
  it('is over the accounts in view that were charged', async () => {
    const db = database.prisma;
    expect(await periodEfficiency(db, officer, PERIOD)).toMatchObject({ accounts: 2 });
    expect(await periodEfficiency(db, clinician, PERIOD)).toMatchObject({ accounts: 1 });
    expect(await periodEfficiency(db, foreignOfficer, PERIOD)).toMatchObject({
      accounts: 0,
      efficiency: null,
    });
    expect(await periodEfficiency(db, clinician, '1999')).toMatchObject({ accounts: 0, efficiency: null });
  });

  it('is refused to a role that reads no budgets', async () => {
    await expect(periodEfficiency(database.prisma, operator, PERIOD)).rejects.toThrow(ForbiddenError);
  });
});
