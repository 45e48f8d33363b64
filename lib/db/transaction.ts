import type pg from 'pg';
import { type Pool, type PoolClient, writesOnlyInTransactions } from './pool.ts';
import { together } from './together.ts';

/**
 * COMMIT was sent and its outcome is not known: the connection broke, or the server said something beside "done"
 * (a cancelled wait for a synchronous standby makes COMMIT succeed with only a warning). Nothing may be released.
 */
export class UnknownCommitError extends Error {
  override readonly name = 'UnknownCommitError';
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const MAX_ATTEMPTS = 5;

function isRetryable(error: unknown): boolean {
  const code = (error as Partial<pg.DatabaseError>)?.code;
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}

/**
 * Runs `work` between BEGIN and COMMIT, again after a serialisation failure or deadlock.
 * @param settings of this transaction alone: SET LOCAL statements, for a pool that has not got them.
 */
export async function transaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  settings?: string,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work, settings);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
    }
  }
}

async function once<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  settings: string | undefined,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  // A connection that is cut while it is ours fails the query too; without a listener it would end the process.
  const onCut = () => {
    broken = true;
  };
  client.on('error', onCut);
  try {
    let result: T;
    try {
      result = writesOnlyInTransactions(pool)
        ? await beginAnd(client, work)
        : await work(await begin(client, settings));
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    }
    await commit(client);
    return result;
  } catch (error) {
    broken ||= error instanceof UnknownCommitError;
    throw error;
  } finally {
    client.off('error', onCut);
    client.release(broken);
  }
}

/** Waited for: if BEGIN alone failed, each of the statements behind it would commit by itself. */
async function begin(client: PoolClient, settings: string | undefined): Promise<PoolClient> {
  await client.query(settings ? `BEGIN; ${settings}` : 'BEGIN');
  return client;
}

/** BEGIN leaves with the first statements, which can write nothing if it fails. */
async function beginAnd<T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const [, done] = await together(client, () => [client.query('BEGIN READ WRITE'), work(client)]);
  return done;
}

async function commit(client: PoolClient): Promise<void> {
  const notices: string[] = [];
  const onNotice = (notice: { message?: string | undefined }) => notices.push(notice.message ?? 'a notice');
  client.on('notice', onNotice);
  try {
    const result = await client.query('COMMIT');
    // A transaction that had failed answers COMMIT with "ROLLBACK" and no error.
    if (result.command !== 'COMMIT') throw new Error(`COMMIT was answered with ${result.command}`);
  } catch (error) {
    if (isRetryable(error)) throw error;
    throw new UnknownCommitError('the outcome of COMMIT is not known', { cause: error });
  } finally {
    client.off('notice', onNotice);
  }
  if (notices.length > 0) throw new UnknownCommitError(`COMMIT came with a notice: ${notices.join('; ')}`);
}
