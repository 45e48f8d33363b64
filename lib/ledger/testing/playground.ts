import { createPool, type Pool } from '#lib/db/pool';
import { testDatabase } from '#lib/db/testing';
import { installNoise } from './noisy-commits.ts';
import { type Subject, watchErrors } from './subject.ts';

export type Playground = { pool: Pool; deadlocks: () => number; close(): Promise<void> };

/** A database for one subject to be played on, with commits that speak, weakened as the subject wants it. */
export async function openPlayground(subject: Subject): Promise<Playground> {
  const database = await testDatabase();
  const { pathname } = new URL(database.url);
  await installNoise(database.pool);
  if (subject.weaken) await database.pool.query(subject.weaken);
  // What is committed here need not outlive a crash, and a circle of waits is to be found at once.
  await database.pool.query(`ALTER DATABASE "${pathname.slice(1)}" SET synchronous_commit = off`);
  await database.pool.query(`ALTER DATABASE "${pathname.slice(1)}" SET deadlock_timeout = '10ms'`);
  const pool = createPool(database.url);
  let deadlocks = 0;
  pool.on('connect', (client) => {
    watchErrors(client, (code) => {
      if (code === '40P01') deadlocks++;
    });
    subject.onConnect?.(client);
  });
  return {
    pool,
    deadlocks: () => deadlocks,
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}
