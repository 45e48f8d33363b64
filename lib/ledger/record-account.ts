import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { accountOpened, type NewAccount } from './open-account.ts';

/** openAccount for the verbs of the console, whose transactions are Prisma's. */
export async function recordAccount(tx: PrismaTransaction, account: NewAccount): Promise<void> {
  const id = randomUUID();
  const inserted = await tx.account.createMany({ data: { id, ...account }, skipDuplicates: true });
  if (inserted.count > 0) await recordLeaf(tx, accountOpened(id, account), id);
}
