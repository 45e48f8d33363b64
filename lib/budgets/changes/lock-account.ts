import type { Account } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';

/** An account that nobody else moves until this transaction ends: debits and other changes wait. One row, one lock. */
export async function lockAccount(tx: PrismaTransaction, id: string): Promise<Account> {
  await tx.$queryRaw`SELECT id FROM account WHERE id = ${id}::uuid FOR UPDATE`;
  const account = await tx.account.findUnique({ where: { id } });
  if (!account) throw new NotFoundError();
  return account;
}
