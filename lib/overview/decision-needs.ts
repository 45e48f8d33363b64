import type { PrincipalActor } from '#lib/actor';
import { namesOf } from '#lib/budgets/changes/change-view';
import { waitingFor } from '#lib/budgets/changes/pending-decisions';
import type { Database } from '#lib/db/prisma';
import type { Need } from './needs.ts';

/** Decisions about budgets that wait for this very person, the oldest first. */
export async function decisionNeeds(db: Database, actor: PrincipalActor): Promise<Need[]> {
  const { changes, increases } = waitingFor(actor);
  const [proposed, asked] = await Promise.all([
    changes ? db.budgetChange.findMany({ where: changes, orderBy: { proposedAt: 'asc' } }) : [],
    increases ? db.budgetRequest.findMany({ where: increases, orderBy: { createdAt: 'asc' } }) : [],
  ]);
  const names = await namesOf(
    db,
    actor.organisationId,
    asked.map(({ userId }) => userId),
  );
  return [
    ...proposed.map(
      ({ id, name, proposedAt }): Need => ({ kind: 'changeProposed', id, name, at: proposedAt }),
    ),
    ...asked.map(
      ({ id, userId, createdAt }): Need => ({
        kind: 'moreAsked',
        id,
        name: names.get(userId) ?? '',
        at: createdAt,
      }),
    ),
  ];
}
