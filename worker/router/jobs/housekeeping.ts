import { deadLetters } from '#lib/jobs/dead-letters';
import type { JobContext } from './context.ts';

/** A session that ended long ago says nothing any more; "last sign-in" is read from those that are kept. */
const SESSIONS_KEPT = '90 days';
/** Guesses are counted over an hour (lib/identity/sign-in.ts); a day is for those who look into an attack. */
const ATTEMPTS_KEPT = '1 day';
const PROBES_KEPT = '30 days';

/** Deletes what has had its time and says aloud which jobs wait for a person. */
export async function housekeeping({ pool, log }: JobContext): Promise<void> {
  const gone = async (sql: string, kept: string) => (await pool.query(sql, [kept])).rowCount ?? 0;
  const sessions = await gone('DELETE FROM session WHERE expires_at < now() - $1::interval', SESSIONS_KEPT);
  const attempts = await gone(
    'DELETE FROM sign_in_attempt WHERE created_at < now() - $1::interval',
    ATTEMPTS_KEPT,
  );
  const probes = await gone('DELETE FROM node_probe WHERE minute < now() - $1::interval', PROBES_KEPT);
  log.info({ sessions, attempts, probes }, 'housekeeping done');

  const waiting = await deadLetters(pool);
  if (waiting.length > 0) log.warn({ waiting: waiting.length, newest: waiting[0] }, 'dead letters wait');
}
