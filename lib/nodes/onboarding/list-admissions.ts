import type { PrincipalActor } from '#lib/actor';
import { namesOf } from '#lib/budgets/changes/change-view';
import type { Database } from '#lib/db/prisma';
import { ForbiddenError } from '#lib/errors';
import { mayEver, scopeOf } from '#lib/identity/permissions';

const MOST_DECIDED = 50;

/**
 * The organisation's admissions of nodes: those that wait, oldest first, and what was decided last. Nothing for who sees
 * only their own decisions; ForbiddenError for a role that sees none.
 */
export async function listAdmissions(db: Database, actor: PrincipalActor) {
  if (!mayEver(actor, 'decision.read')) throw new ForbiddenError('Your role does not see decisions.');
  if (scopeOf(actor, 'decision.read', 'decision') !== 'organisation') return { waiting: [], decided: [] };
  const { organisationId } = actor;
  const include = { node: { select: { name: true, hospital: { select: { name: true } } } } };
  const [waiting, decided] = await Promise.all([
    db.nodeAdmission.findMany({
      where: { organisationId, state: 'proposed' },
      orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
      include,
    }),
    db.nodeAdmission.findMany({
      where: { organisationId, state: { not: 'proposed' } },
      orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
      take: MOST_DECIDED,
      include,
    }),
  ]);
  const people = [...waiting, ...decided].flatMap((one) => [one.proposedById, one.decidedById]);
  const names = await namesOf(db, organisationId, people);
  const named = (userId: string | null) => (userId === null ? null : (names.get(userId) ?? null));
  const view = (one: (typeof waiting)[number]) => ({
    id: one.id,
    nodeId: one.nodeId,
    node: one.node.name,
    hospital: one.node.hospital.name,
    state: one.state,
    /** It was in cohorts before, and would be again. */
    isReturn: one.from !== 'certified',
    reason: one.reason,
    proposedBy: named(one.proposedById),
    proposedAt: one.proposedAt,
    isOwn: one.proposedById === actor.userId,
    decidedBy: named(one.decidedById),
    decidedAt: one.decidedAt,
  });
  return { waiting: waiting.map(view), decided: decided.map(view) };
}
export type AdmissionView = Awaited<ReturnType<typeof listAdmissions>>['waiting'][number];
