import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { BudgetRequest } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';

/** A request for more that `actor` may do `action` to. Throws NotFoundError for what is not theirs to see. */
export async function findIncrease(
  tx: PrismaTransaction,
  actor: SessionActor,
  action: 'budget.propose' | 'budget.ask',
  id: string,
): Promise<BudgetRequest> {
  const isId = z.uuid().safeParse(id).success;
  const increase = isId ? await tx.budgetRequest.findUnique({ where: { id } }) : null;
  if (!increase) throw new NotFoundError();
  const { organisationId, userId } = increase;
  authorise(actor, action, { kind: 'user_account', organisationId, userId });
  return increase;
}
