import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { isUniqueViolation } from '#lib/db/atomically';
import type { BudgetChange } from '#lib/db/generated/client';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { requireTwoFactors } from '#lib/identity/require-proved';
import { takeUpIncrease } from '../increases/take-up-increase.ts';
import type { Propose } from './schemas.ts';
import { tell } from './tell.ts';
import { wantedChange } from './wanted-change.ts';

/**
 * Proposes a change to a budget; nothing moves until another person approves it. Throws NotFoundError for what is not
 * the actor's to see, ForbiddenError without a second factor or a fresh proof, UnprocessableError for a cap below what
 * is spent, ConflictError where a proposal waits already or there is nothing to change.
 */
export async function proposeChange(
  db: Database,
  actor: SessionActor,
  propose: Propose,
  now = new Date(),
): Promise<{ id: string }> {
  try {
    return await db.$transaction(async (tx) => {
      const wanted = await wantedChange(tx, actor, propose, now);
      await requireTwoFactors(tx, actor, now);
      const change = await tx.budgetChange.create({
        data: {
          ...wanted,
          id: randomUUID(),
          organisationId: actor.organisationId,
          kind: propose.kind,
          reason: propose.reason,
          proposedById: actor.userId,
          proposedAt: now,
        },
      });
      await recordProposal(tx, actor, change, now);
      await tell(tx, 'proposed', change.id, {
        organisationId: actor.organisationId,
        role: 'compliance_officer',
      });
      if (propose.kind === 'cap' && propose.increaseId !== null) {
        await takeUpIncrease(tx, actor, propose.increaseId, change, now);
      }
      return { id: change.id };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError('A change to this budget waits for a decision already.', {
      code: 'already_proposed',
    });
  }
}

async function recordProposal(
  tx: PrismaTransaction,
  actor: SessionActor,
  change: BudgetChange,
  now: Date,
): Promise<void> {
  const { id: changeId, kind, accountId, holderKind, period, delta, fromRhoPico, toRhoPico } = change;
  await recordLeaf(
    tx,
    {
      v: 1,
      atMs: now.getTime(),
      type: 'budget.change_proposed',
      by: await actingPseudonym(tx, actor),
      changeId,
      change: kind,
      accountId,
      holderKind,
      ownerId: await loggedOwner(tx, change),
      period,
      delta,
      fromRhoPico: fromRhoPico === null ? null : String(fromRhoPico),
      toRhoPico: toRhoPico === null ? null : String(toRhoPico),
    },
    changeId,
  );
}

/** What the log calls a holder: it names people by pseudonym alone. */
async function loggedOwner(tx: PrismaTransaction, { holderKind, ownerId }: BudgetChange): Promise<string> {
  if (holderKind !== 'user') return ownerId;
  return (await tx.user.findUniqueOrThrow({ where: { id: ownerId }, select: { pseudonym: true } })).pseudonym;
}
