import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { INVITATION_MAIL } from './definitions.ts';
import { enqueue } from './enqueue.ts';
import { installJobs } from './install.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function queued(invitationId: string): Promise<unknown[]> {
  const found = await database.pool.query(
    `SELECT data, retry_limit, dead_letter FROM pgboss.job WHERE name = $1 AND data->>'invitationId' = $2`,
    [INVITATION_MAIL.name, invitationId],
  );
  return found.rows;
}

const KINDS = {
  prisma: (id: string, end: () => void) =>
    database.prisma.$transaction(async (tx) => {
      await enqueue(tx, INVITATION_MAIL, { invitationId: id });
      end();
    }),
  pg: (id: string, end: () => void) =>
    transaction(database.pool, async (client) => {
      await enqueue(client, INVITATION_MAIL, { invitationId: id });
      end();
    }),
};

it.each(Object.entries(KINDS))('a job stands or falls with its %s transaction', async (_kind, run) => {
  const kept = randomUUID();
  const dropped = randomUUID();
  const fail = () => {
    throw new Error('rolled back');
  };
  await expect(run(dropped, fail)).rejects.toThrow('rolled back');
  await run(kept, () => {});
  expect(await queued(dropped)).toEqual([]);
  expect(await queued(kept)).toEqual([
    { data: { invitationId: kept }, retry_limit: INVITATION_MAIL.retries, dead_letter: 'dead-letters' },
  ]);
});

it('refuses a payload that is not the job’s, and so anything that is more than ids', async () => {
  const invitationId = randomUUID();
  const more = { invitationId, token: 'secret' };
  await expect(database.prisma.$transaction((tx) => enqueue(tx, INVITATION_MAIL, more))).rejects.toThrow(
    /token/,
  );
  expect(await queued(invitationId)).toEqual([]);
});

it('can be installed again, by several at once', async () => {
  await Promise.all([installJobs(database.url), installJobs(database.url)]);
  const found = await database.pool.query<{ name: string }>('SELECT name FROM pgboss.schedule ORDER BY name');
  expect(found.rows.map(({ name }) => name)).toEqual(['housekeeping', 'ledger.forget-answers']);
});
