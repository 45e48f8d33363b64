import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { UnprocessableError } from '#lib/errors';
import { tell } from '../changes/tell.ts';
import { closeIncrease } from './close-increase.ts';
import { findIncrease } from './find-increase.ts';

/** A proposal answers a request for more: from now on what becomes of the one becomes of the other. */
export async function takeUpIncrease(
  tx: PrismaTransaction,
  actor: SessionActor,
  id: string,
  change: { id: string; accountId: string | null; reason: string },
  now: Date,
): Promise<void> {
  const { userId, accountId } = await findIncrease(tx, actor, 'budget.propose', id);
  if (accountId !== change.accountId) {
    throw new UnprocessableError('The request is about another budget.', { code: 'other_account' });
  }
  const closing = { outcome: 'proposed', answer: change.reason, changeId: change.id } as const;
  await closeIncrease(tx, actor, id, closing, now);
  await tell(tx, 'answered', id, { id: userId });
}
