import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from '#lib/db/pool';

const LIMIT_MS = 20_000;

/** Process ids of those whose COMMIT waits for a standby now; `least` of them are waited for. */
export async function waitingForStandby(pool: Pool, least = 1): Promise<number[]> {
  for (const deadline = Date.now() + LIMIT_MS; ; await sleep(20)) {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'`,
    );
    if (rows.length >= least) return rows.map(({ pid }) => pid);
    if (Date.now() > deadline) throw new Error('no COMMIT waits for a standby');
  }
}

/** From here on every COMMIT waits for a standby that does not exist; resolves once that holds. */
export async function missStandby(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE IF NOT EXISTS heard (n int)');
  await pool.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
  await pool.query('SELECT pg_reload_conf()');
  for (;;) {
    // Takes hold when the server gets around to it.
    const written = pool.query('INSERT INTO heard VALUES (1)').then(() => 'committed' as const);
    const pids = await Promise.race([written, waitingForStandby(pool)]);
    if (pids === 'committed') continue;
    for (const pid of pids) await pool.query('SELECT pg_cancel_backend($1)', [pid]);
    await written;
    return;
  }
}

/** No COMMIT waits any more, those that do are let go. */
export async function forgetStandby(pool: Pool): Promise<void> {
  await pool.query('ALTER SYSTEM RESET synchronous_standby_names');
  await pool.query('SELECT pg_reload_conf()');
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; await sleep(20)) {
    const { rows } = await pool.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
    if (rows.length === 0) return;
  }
  throw new Error('a COMMIT still waits for a standby');
}
