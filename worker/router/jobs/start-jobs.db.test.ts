import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { deadLetters } from '#lib/jobs/dead-letters';
import { INVITATION_MAIL } from '#lib/jobs/definitions';
import { enqueue } from '#lib/jobs/enqueue';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import { HANDLERS } from './handlers.ts';
import { startJobs } from './start-jobs.ts';

let database: TestDatabase;
const tries = new Map<string, number>();
const permanent = randomUUID();
const failsTwice = randomUUID();
const logged: string[] = [];
let stops: (() => Promise<void>)[];

beforeAll(async () => {
  database = await testDatabase();
  // Waits between tries are minutes in the product.
  await database.pool.query(
    `UPDATE pgboss.queue SET retry_delay = 0, retry_backoff = false WHERE name = $1`,
    [INVITATION_MAIL.name],
  );
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  const context = {
    pool: database.pool,
    log,
    mailer: { send: async () => {} },
    invitationKey: Buffer.alloc(32),
    consoleUrl: 'http://localhost',
  };
  const handlers = {
    ...HANDLERS,
    'mail.invitation':
      async () =>
      async (_: unknown, { invitationId: id }: { invitationId: string }) => {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        if (id === permanent) throw new PermanentJobError('No such invitation.');
        if (id === failsTwice && tries.get(id)! < 3)
          throw new Error('the server said: to secret@example.org');
      },
  };
  // Two routers share one queue.
  stops = await Promise.all([1, 2].map(() => startJobs(database.url, context, handlers)));
});
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await database.close();
});

const send = (invitationId: string) =>
  database.prisma.$transaction((tx) => enqueue(tx, INVITATION_MAIL, { invitationId }));

async function stateOf(id: string): Promise<string | undefined> {
  const found = await database.pool.query<{ state: string }>(
    `SELECT state::text AS state FROM pgboss.job WHERE name = $1 AND data->>'invitationId' = $2`,
    [INVITATION_MAIL.name, id],
  );
  return found.rows[0]?.state;
}

const until = (id: string, state: string) => expect.poll(() => stateOf(id)).toBe(state);

it('does a committed job once, whichever router takes it', async () => {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) await send(id);
  for (const id of ids) await until(id, 'completed');
  expect(ids.map((id) => tries.get(id))).toEqual([1, 1, 1]);
});

it('tries again what may pass', async () => {
  await send(failsTwice);
  await until(failsTwice, 'completed');
  expect(tries.get(failsTwice)).toBe(3);
});

it('gives up at once what cannot, keeps it where people see it, and logs it by the job’s id', async () => {
  await send(permanent);
  await until(permanent, 'failed');
  expect(tries.get(permanent)).toBe(1);
  const [letter] = await deadLetters(database.pool);
  expect(letter).toMatchObject({ job: 'mail.invitation', reason: 'No such invitation.' });
  const line = logged.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'job failed for good');
  expect(line).toMatchObject({ jobId: letter!.jobId, permanent: true, attempt: 1 });
});

it('keeps in the rows none of the words of whatever failed', async () => {
  const found = await database.pool.query<{ output: unknown }>('SELECT output FROM pgboss.job');
  expect(JSON.stringify(found.rows)).not.toContain('secret@example.org');
});
