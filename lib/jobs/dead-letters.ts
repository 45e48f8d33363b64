import type { Pool } from '#lib/db/pool';
import { DEAD_LETTERS } from './definitions.ts';

export type DeadLetter = { jobId: string; job: string; failedAt: Date; reason: string };

/** Jobs that failed for good and wait for a person, the newest first. Their payloads are ids; the reason is our own words. */
export async function deadLetters(pool: Pick<Pool, 'query'>, limit = 100): Promise<DeadLetter[]> {
  const found = await pool.query<DeadLetter>(
    `SELECT source_id AS "jobId", source_name AS job, created_on AS "failedAt",
       coalesce(source_output->>'message', 'no reason was kept') AS reason
     FROM pgboss.job WHERE name = $1 AND state = 'created' ORDER BY created_on DESC LIMIT $2`,
    [DEAD_LETTERS, limit],
  );
  return found.rows;
}
