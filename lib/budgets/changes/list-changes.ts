import type { PrincipalActor } from '#lib/actor';
import type { BudgetChangeWhereInput } from '#lib/db/generated/models';
import type { Database } from '#lib/db/prisma';
import { ForbiddenError } from '#lib/errors';
import { mayEver, scopeOf } from '#lib/identity/permissions';
import { type ChangeView, namesOf, toChangeView } from './change-view.ts';

const MOST_DECIDED = 50;

/** One holder's budget of one period. */
export type OfAccount = { holderKind: ChangeView['holderKind']; ownerId: string; period: string };

/**
 * The proposals that wait, oldest first, and what was decided last: of the organisation, or of one budget. Nothing for
 * who sees only their own decisions; ForbiddenError for a role that sees none.
 */
export async function listChanges(
  db: Database,
  actor: PrincipalActor,
  of?: OfAccount,
): Promise<{ waiting: ChangeView[]; decided: ChangeView[] }> {
  if (!mayEver(actor, 'decision.read')) throw new ForbiddenError('Your role does not see decisions.');
  if (scopeOf(actor, 'decision.read', 'decision') !== 'organisation') return { waiting: [], decided: [] };
  const { organisationId } = actor;
  const where: BudgetChangeWhereInput = { ...of, organisationId };
  const [waiting, decided] = await Promise.all([
    db.budgetChange.findMany({
      where: { ...where, state: 'proposed' },
      orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
    }),
    db.budgetChange.findMany({
      where: { ...where, state: { not: 'proposed' } },
      orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
      take: MOST_DECIDED,
    }),
  ]);
  const people = [...waiting, ...decided].flatMap((one) => [one.proposedById, one.decidedById]);
  const names = await namesOf(db, organisationId, people);
  const view = (change: (typeof waiting)[number]) => toChangeView(change, actor, names);
  return { waiting: waiting.map(view), decided: decided.map(view) };
}
