import type { Pool } from '#lib/db/pool';

type Settings = { fsync: string; synchronousCommit: string };

/** What Postgres says is committed would not survive a crash: no answer could ever be known to be charged. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';
}

/**
 * Whether a resolved COMMIT on these connections is on the disk, as server, database, role and URL have set it. Only
 * looks: what waits for more (a standby, remote_apply) is left as it is. @throws NotDurableError
 */
export async function requireDurable(pool: Pick<Pool, 'query'>): Promise<void> {
  const found = await pool.query<Settings>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS "synchronousCommit"`,
  );
  const { fsync, synchronousCommit } = found.rows[0]!;
  const off = [fsync === 'off' && 'fsync', synchronousCommit === 'off' && 'synchronous_commit'].filter(
    (name) => name !== false,
  );
  if (off.length === 0) return;
  throw new NotDurableError(
    `Postgres has ${off.join(' and ')} off for the router's connections: a crash could take back charges of answers that have left. Set it on for the server, the database and the role of DATABASE_URL, then start again.`,
  );
}
