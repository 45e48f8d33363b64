import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
/** What the work of one transaction is given. */
export type PrismaTransaction = Prisma.TransactionClient;

/** The typed client for the console's reads, the seed and migrations' helpers. */
export function createPrisma(databaseUrl: string): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) });
}
