import type { PrincipalActor } from '#lib/actor';
import { namesOf } from '#lib/budgets/changes/change-view';
import { waitingFor } from '#lib/budgets/changes/pending-decisions';
import type { Database } from '#lib/db/prisma';
import type { Need } from './needs.ts';

/** Decisions about budgets and nodes that wait for this very person, the oldest first. */
export async function decisionNeeds(db: Database, actor: PrincipalActor): Promise<Need[]> {
  const { changes, admissions, increases } = waitingFor(actor);
  const [proposed, admitting, asked] = await Promise.all([
    changes ? db.budgetChange.findMany({ where: changes, orderBy: { proposedAt: 'asc' } }) : [],
    admissions
      ? db.nodeAdmission.findMany({
          where: admissions,
          orderBy: { proposedAt: 'asc' },
          include: { node: { select: { id: true, name: true } } },
        })
      : [],
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
    ...admitting.map(
      ({ node, proposedAt }): Need => ({ kind: 'admissionProposed', ...node, at: proposedAt }),
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
