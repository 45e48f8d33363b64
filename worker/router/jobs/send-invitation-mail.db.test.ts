import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Role } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { invitationToken, invitationTokenSha256 } from '#lib/identity/invitation-token';
import { createTenant, createUser } from '#lib/identity/testing/tenant';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import type { Mail } from '#lib/mail/mailer';
import type { JobContext } from './context.ts';
import { sendInvitationMail } from './send-invitation-mail.ts';

const key = randomBytes(32);
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
    invitationKey: key,
    consoleUrl: 'https://console.example.org/',
  };
});
afterAll(() => database.close());

async function invite(
  more: { withdrawnAt?: Date; expiresAt?: Date } = {},
  inviter: { disabledAt?: Date; role?: Role } = {},
): Promise<string> {
  const tenant = await createTenant(database.prisma);
  const admin = await createUser(database.prisma, tenant, 'admin');
  await database.prisma.user.update({ where: { id: admin.userId }, data: inviter });
  const id = randomUUID();
  await database.prisma.invitation.create({
    data: {
      ...tenant,
      id,
      email: 'new@example.org',
      name: 'New Person',
      role: 'auditor',
      tokenSha256: new Uint8Array(invitationTokenSha256(invitationToken(key, id))),
      invitedById: admin.userId,
      expiresAt: new Date(Date.now() + 3_600_000),
      ...more,
    },
  });
  return id;
}

it('mails the link whose hash the table holds', async () => {
  const invitationId = await invite();
  await sendInvitationMail(context, { invitationId });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ to: { address: 'new@example.org', name: 'New Person' } });
  const token = /https:\/\/console\.example\.org\/join\/([\w-]+)/.exec(sent[0]!.text)?.[1];
  const row = await database.prisma.invitation.findUniqueOrThrow({ where: { id: invitationId } });
  expect(invitationTokenSha256(token!)).toEqual(Buffer.from(row.tokenSha256));
});

it('sends nothing for one that was withdrawn or ran out', async () => {
  await sendInvitationMail(context, { invitationId: await invite({ withdrawnAt: new Date() }) });
  await sendInvitationMail(context, { invitationId: await invite({ expiresAt: new Date(0) }) });
  expect(sent).toEqual([]);
});

it('sends nothing for one whose inviter was disabled or invites nobody any more', async () => {
  await sendInvitationMail(context, { invitationId: await invite({}, { disabledAt: new Date() }) });
  await sendInvitationMail(context, { invitationId: await invite({}, { role: 'auditor' }) });
  expect(sent).toEqual([]);
});

it('gives up on one that does not exist or was made under another key', async () => {
  const unknown = sendInvitationMail(context, { invitationId: randomUUID() });
  await expect(unknown).rejects.toThrow(PermanentJobError);
  const otherKey = { ...context, invitationKey: randomBytes(32) };
  const invitationId = await invite();
  await expect(sendInvitationMail(otherKey, { invitationId })).rejects.toThrow(PermanentJobError);
  expect(sent).toEqual([]);
});
