import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, ForbiddenError, NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { accountResource } from '../account-resource.ts';

/** A proposal that `actor` may do `action` to. Throws NotFoundError for another organisation's and for nobody's id. */
export async function findChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  action: 'budget.propose' | 'budget.decide',
  id: string,
): Promise<BudgetChange> {
  const isId = z.uuid().safeParse(id).success;
  const change = isId ? await tx.budgetChange.findUnique({ where: { id } }) : null;
  if (!change) throw new NotFoundError();
  const { holderKind: kind, organisationId, ownerId } = change;
  authorise(actor, action, accountResource({ kind, organisationId, ownerId }));
  return change;
}

/** The same for the second person: nobody decides what they proposed, whatever their role has become since. */
export async function changeToDecide(
  tx: PrismaTransaction,
  actor: SessionActor,
  id: string,
): Promise<BudgetChange> {
  const change = await findChange(tx, actor, 'budget.decide', id);
  if (change.proposedById === actor.userId) {
    throw new ForbiddenError('Nobody decides their own proposal. Another compliance officer can.', {
      code: 'own_proposal',
    });
  }
  return change;
}

type Outcome = {
  state: 'approved' | 'rejected' | 'withdrawn';
  decidedById: string;
  decidedAt: Date;
  decisionReason: string | null;
  accountId?: string;
};

/** Ends a proposal, if it still waits. Throws ConflictError for who comes second. */
export async function endProposal(tx: PrismaTransaction, id: string, outcome: Outcome): Promise<void> {
  const ended = await tx.budgetChange.updateMany({ where: { id, state: 'proposed' }, data: outcome });
  if (ended.count === 0) {
    throw new ConflictError('This proposal was decided or withdrawn before.', { code: 'already_decided' });
  }
}
