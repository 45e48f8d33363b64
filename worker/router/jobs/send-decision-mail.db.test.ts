import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createAccount, createTenant, createUser } from '#lib/identity/testing/tenant';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import type { Mail } from '#lib/mail/mailer';
import type { JobContext } from './context.ts';
import { sendDecisionMail } from './send-decision-mail.ts';

let database: TestDatabase;
let context: JobContext;
let sent: Mail[];

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => {
  sent = [];
  context = {
    pool: database.pool,
    log: pino({ enabled: false }),
    mailer: { send: async (mail) => void sent.push(mail) },
    invitationKey: randomBytes(32),
    consoleUrl: 'https://console.example.org/',
  };
});
afterAll(() => database.close());

async function asked() {
  const db = database.prisma;
  const tenant = await createTenant(db);
  const dpo = await createUser(db, tenant, 'dpo', { email: `${randomUUID()}@example.org` });
  const clinician = await createUser(db, tenant, 'clinician');
  const { organisationId } = tenant;
  const accountId = await createAccount(db, organisationId, 'user', clinician.userId, '2026');
  const id = randomUUID();
  const reason = 'A reason that is for the console alone';
  await db.budgetRequest.create({
    data: { id, organisationId, userId: clinician.userId, accountId, wantedRhoPico: 5n, reason },
  });
  return { id, dpo, clinician };
}

it('tells an officer that somebody asks, with a link and without the reason', async () => {
  const { id, dpo } = await asked();
  await sendDecisionMail(context, { about: 'asked', id, userId: dpo.userId });
  expect(sent).toHaveLength(1);
  expect(sent[0]!.text).toContain('https://console.example.org/decisions\n');
  expect(JSON.stringify(sent)).not.toContain('for the console alone');
});

it('sends nothing for a decision that was taken meanwhile, nor to who is gone', async () => {
  const { id, dpo, clinician } = await asked();
  await database.prisma.budgetRequest.update({ where: { id }, data: { state: 'declined' } });
  await sendDecisionMail(context, { about: 'asked', id, userId: dpo.userId });
  expect(sent).toEqual([]);
  await sendDecisionMail(context, { about: 'answered', id, userId: clinician.userId });
  expect(sent).toHaveLength(1);
  await database.prisma.user.update({ where: { id: clinician.userId }, data: { disabledAt: new Date() } });
  await sendDecisionMail(context, { about: 'answered', id, userId: clinician.userId });
  expect(sent).toHaveLength(1);
});

it('gives up on what is not there, and on somebody of another organisation', async () => {
  const { id } = await asked();
  const { dpo: stranger } = await asked();
  const send = (one: string, userId: string) =>
    sendDecisionMail(context, { about: 'asked', id: one, userId });
  await expect(send(randomUUID(), stranger.userId)).rejects.toThrow(PermanentJobError);
  await expect(send(id, stranger.userId)).rejects.toThrow(PermanentJobError);
  expect(sent).toEqual([]);
});
