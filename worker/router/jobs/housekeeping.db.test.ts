import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { createHospital, createTenant, createUser } from '#lib/identity/testing/tenant';
import type { JobContext } from './context.ts';
import { forgetAnswers } from './forget-answers.ts';
import { housekeeping } from './housekeeping.ts';

const DAY_MS = 24 * 3600 * 1000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
let database: TestDatabase;
let context: JobContext;

beforeAll(async () => {
  database = await testDatabase();
  context = {
    pool: database.pool,
    log: pino({ enabled: false }),
    mailer: { send: async () => {} },
    invitationKey: Buffer.alloc(32),
    consoleUrl: 'http://localhost',
  };
});
afterAll(() => database.close());

it('deletes what has had its time and nothing younger', async () => {
  const { prisma } = database;
  const tenant = await createTenant(prisma);
  const { userId } = await createUser(prisma, tenant, 'dpo');
  const nodeId = randomUUID();
  await prisma.node.create({
    data: {
      id: nodeId,
      hospitalId: await createHospital(prisma, tenant.organisationId),
      name: 'node',
      state: 'admitted',
      shards: 8,
      lanes: 1,
      datasetId: randomUUID(),
    },
  });
  for (const days of [1, 89, 91])
    await prisma.session.create({ data: { id: randomUUID(), userId, expiresAt: ago(days) } });
  for (const days of [0.5, 2])
    await prisma.signInAttempt.create({
      data: { id: randomUUID(), subject: 's', succeeded: false, createdAt: ago(days) },
    });
  for (const days of [1, 29, 31])
    await prisma.nodeProbe.create({ data: { nodeId, minute: ago(days), probes: 12, lost: 0 } });

  await housekeeping(context);
  await forgetAnswers(context);
  expect(await prisma.session.count()).toBe(2);
  expect(await prisma.signInAttempt.count()).toBe(1);
  expect(await prisma.nodeProbe.count()).toBe(2);
});
