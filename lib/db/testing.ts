import { inject } from 'vitest';
import { createDatabase, dropDatabase } from './create-database.ts';
import { createPool, type Pool } from './pool.ts';
import { createPrisma, type Database } from './prisma.ts';
import { testDatabaseName } from './testing-databases.ts';

export type TestDatabase = {
  url: string;
  prisma: Database;
  pool: Pool;
  /** Closes both clients and drops the database. */
  close(): Promise<void>;
};

/**
 * A migrated, empty database of the caller's own, cloned from the run's template (some 50 ms). For files named
 * `*.db.test.ts` or `*.integration.test.ts`; close it in afterAll.
 * @param filled a template of the run that is not empty.
 */
export async function testDatabase(filled?: string): Promise<TestDatabase> {
  const template = new URL(inject('templateDatabaseUrl'));
  const own = new URL(template);
  own.pathname = `/${testDatabaseName('test')}`;
  await createDatabase(own.href, filled ?? template.pathname.slice(1));
  const prisma = createPrisma(own.href);
  const pool = createPool(own.href);
  return {
    url: own.href,
    prisma,
    pool,
    close: async () => {
      await Promise.all([prisma.$disconnect(), pool.end()]);
      await dropDatabase(own.href);
    },
  };
}
