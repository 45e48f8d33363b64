import type { BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { tell } from './tell.ts';

/** Tells who proposed a change what became of it, and who had asked for more because of which it was proposed. */
export async function tellOutcome(tx: PrismaTransaction, change: BudgetChange): Promise<void> {
  await tell(tx, 'decided', change.id, { id: change.proposedById });
  const increases = await tx.budgetRequest.findMany({ where: { changeId: change.id } });
  for (const { id, userId } of increases) await tell(tx, 'settled', id, { id: userId });
}
