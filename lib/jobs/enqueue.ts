import { type Db, PgBoss, systemClock } from 'pg-boss';
import type { z } from 'zod';
import type { AnyJob } from './definitions.ts';

/** An open transaction of either kind: the console's verbs use Prisma's, the debit path and the worker pg's. */
export type JobTransaction =
  | { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }
  | { $queryRawUnsafe(text: string, ...values: unknown[]): PromiseLike<unknown> };

/**
 * Adds a job in the caller's transaction: it is there when that commits and never was when it rolls back. Done by a
 * router, at least once. Throws on a payload that is not the job's.
 */
export async function enqueue<J extends AnyJob>(
  transaction: JobTransaction,
  job: J,
  payload: z.input<J['payload']>,
): Promise<void> {
  const data = job.payload.parse(payload);
  const db = asDb(transaction);
  await (await sender(db)).send(job.name, data, { db });
}

let started: Promise<PgBoss> | undefined;

/**
 * pg-boss as a writer only: no pool, no timers, no work. Its start reads the queues once, over the transaction that
 * happens to be first; what it sends goes over the caller's.
 */
function sender(db: Db): Promise<PgBoss> {
  started ??= startSender(db).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function startSender(db: Db): Promise<PgBoss> {
  const boss = new PgBoss({
    db,
    clock: { ...systemClock, setInterval: () => null },
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', () => {});
  await boss.start();
  return boss;
}

function asDb(transaction: JobTransaction): Db {
  if ('query' in transaction) {
    return { executeSql: async (text, values) => ({ rows: (await transaction.query(text, values)).rows }) };
  }
  return {
    executeSql: async (text, values = []) => {
      if (!/^\s*SELECT/i.test(text)) {
        return { rows: (await transaction.$queryRawUnsafe(text, ...values)) as unknown[] };
      }
      // Prisma cannot read every type of Postgres (regclass for one); JSON it can.
      const json = `SELECT to_jsonb(found) AS row FROM (${text}) found`;
      const rows = (await transaction.$queryRawUnsafe(json, ...values)) as { row: unknown }[];
      return { rows: rows.map(({ row }) => row) };
    },
  };
}
