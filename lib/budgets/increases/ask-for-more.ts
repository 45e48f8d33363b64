import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { atomically } from '#lib/db/atomically';
import type { Database } from '#lib/db/prisma';
import { ConflictError, NotFoundError, UnprocessableError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { authorise } from '#lib/identity/permissions';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { accountResource } from '../account-resource.ts';
import { tell } from '../changes/tell.ts';
import { periodBounds } from '../period-bounds.ts';
import type { AskForMore } from './schemas.ts';

/**
 * Asks the data-protection officer for more budget. It moves nothing. Throws NotFoundError for an account that is not
 * the actor's own, UnprocessableError for no more than there is, ConflictError while another one waits.
 */
export async function askForMore(
  db: Database,
  actor: SessionActor,
  { accountId, epsilon, reason }: AskForMore,
  now = new Date(),
): Promise<{ id: string }> {
  return atomically(db, async (tx) => {
    const account = await tx.account.findUnique({ where: { id: accountId } });
    if (!account) throw new NotFoundError();
    authorise(actor, 'budget.ask', accountResource(account));
    const wantedRhoPico = rhoFromEpsilon(epsilon, Number(account.delta));
    if (wantedRhoPico <= account.capRhoPico || periodBounds(account.period).end <= now) {
      throw new UnprocessableError('This is no more than the cap is, or the period is over.', {
        code: 'not_more',
        param: 'epsilon',
      });
    }
    const open = await tx.budgetRequest.count({ where: { accountId, userId: actor.userId, state: 'open' } });
    if (open > 0) {
      throw new ConflictError('You have asked already, and it was not answered yet.', {
        code: 'already_asked',
      });
    }
    const { organisationId, userId } = actor;
    const id = randomUUID();
    await tx.budgetRequest.create({
      data: { id, organisationId, userId, accountId, wantedRhoPico, reason, createdAt: now },
    });
    const by = await actingPseudonym(tx, actor);
    await recordLeaf(
      tx,
      {
        v: 1,
        atMs: now.getTime(),
        type: 'budget.requested',
        by,
        budgetRequestId: id,
        accountId,
        wantedRhoPico: String(wantedRhoPico),
      },
      id,
    );
    await tell(tx, 'asked', id, { organisationId, role: 'dpo' });
    return { id };
  });
}
