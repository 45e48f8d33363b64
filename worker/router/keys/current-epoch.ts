import type { Pool } from '#lib/db/pool';
import { currentKeyEpoch } from '#lib/nodes/key-epoch';
import type { KeyEpoch } from './key-directory.ts';

const DAY_MS = 24 * 3_600_000;
/** Keys of the day before stay good this long, for rounds that had begun. */
const OVERLAP_MS = 5 * 60_000;

/** An epoch is a day at most, and every revocation of a node begins another one: both counts only grow. */
export function keyEpochAt(nowMs: number, counted: number): KeyEpoch {
  const day = Math.floor(nowMs / DAY_MS);
  return { keyEpoch: day + counted, notAfterMs: (day + 1) * DAY_MS + OVERLAP_MS };
}

export async function currentEpoch(pool: Pool, nowMs = Date.now()): Promise<KeyEpoch> {
  return keyEpochAt(nowMs, await currentKeyEpoch(pool));
}
