import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createTenant, createUser } from '#lib/identity/testing/tenant';
import { FACTOR_NEWS } from '#lib/jobs/definitions';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import type { Mail } from '#lib/mail/mailer';
import type { JobContext } from './context.ts';
import { sendFactorMail } from './send-factor-mail.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('tells the person, and nobody who is gone or never was', async () => {
  const sent: Mail[] = [];
  const context: JobContext = {
    pool: database.pool,
    log: pino({ enabled: false }),
    mailer: { send: async (mail) => void sent.push(mail) },
    invitationKey: randomBytes(32),
    consoleUrl: 'https://console.example.org/',
  };
  const db = database.prisma;
  const email = `${randomUUID()}@example.org`;
  const { userId } = await createUser(db, await createTenant(db), 'dpo', { email });
  for (const about of FACTOR_NEWS) await sendFactorMail(context, { about, id: randomUUID(), userId });
  expect(sent.map(({ to }) => to.address)).toEqual(FACTOR_NEWS.map(() => email));
  expect(new Set(sent.map(({ subject }) => subject)).size).toBe(FACTOR_NEWS.length);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(FACTOR_NEWS.length);
  expect(sent[0]!.text).toContain('https://console.example.org/settings#security\n');
  expect(sent[0]!.text).toContain('If this was not you');
  await db.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
  await sendFactorMail(context, { about: 'added', id: randomUUID(), userId });
  expect(sent).toHaveLength(FACTOR_NEWS.length);
  const nobody = { about: 'added' as const, id: randomUUID(), userId: randomUUID() };
  await expect(sendFactorMail(context, nobody)).rejects.toThrow(PermanentJobError);
});
