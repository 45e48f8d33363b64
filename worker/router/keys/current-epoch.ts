import type { Pool } from '#lib/db/pool';
import type { KeyEpoch } from './key-directory.ts';

const DAY_MS = 24 * 3_600_000;
/** Keys of the day before stay good this long, for rounds that had begun. */
const OVERLAP_MS = 5 * 60_000;

/** Epochs are days, and every revocation of a node begins another one: both counts only grow. */
export function keyEpochAt(nowMs: number, revocations: number): KeyEpoch {
  const day = Math.floor(nowMs / DAY_MS);
  return { keyEpoch: day + revocations, notAfterMs: (day + 1) * DAY_MS + OVERLAP_MS };
}

export async function currentEpoch(pool: Pool, nowMs = Date.now()): Promise<KeyEpoch> {
  const { rows } = await pool.query<{ revoked: number }>(
    "SELECT count(*)::int AS revoked FROM node WHERE state = 'revoked'",
  );
  return keyEpochAt(nowMs, rows[0]?.revoked ?? 0);
}
