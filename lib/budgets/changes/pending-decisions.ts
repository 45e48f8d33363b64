import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { scopeOf } from '#lib/identity/permissions';

/** What waits for this very person: proposals that are not their own, admissions, requests for more. Empty for all others. */
export function waitingFor(actor: PrincipalActor) {
  const { organisationId, userId } = actor;
  return {
    changes:
      scopeOf(actor, 'budget.decide', 'dataset_account') === 'organisation'
        ? { organisationId, state: 'proposed' as const, proposedById: { not: userId } }
        : null,
    admissions:
      scopeOf(actor, 'node.admit', 'node') === 'organisation'
        ? { organisationId, state: 'proposed' as const, proposedById: { not: userId } }
        : null,
    increases:
      scopeOf(actor, 'budget.propose', 'user_account') === 'organisation'
        ? { organisationId, state: 'open' as const }
        : null,
  };
}

/** How many decisions wait for this person, for the top bar. */
export async function countPending(db: Database, actor: PrincipalActor): Promise<number> {
  const { changes, admissions, increases } = waitingFor(actor);
  const counts = await Promise.all([
    changes ? db.budgetChange.count({ where: changes }) : 0,
    admissions ? db.nodeAdmission.count({ where: admissions }) : 0,
    increases ? db.budgetRequest.count({ where: increases }) : 0,
  ]);
  return counts[0] + counts[1] + counts[2];
}
