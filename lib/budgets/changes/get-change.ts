import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise, can } from '#lib/identity/permissions';
import { accountResource } from '../account-resource.ts';
import { periodBounds } from '../period-bounds.ts';
import { namesOf, toChangeView } from './change-view.ts';
import { consequenceOf } from './consequence.ts';
import { holderStanding, patientsOf } from './holder-standing.ts';

/**
 * One change with what it means as things stand now, and what the actor may do about it. Throws NotFoundError for
 * another organisation's, ForbiddenError for a role that sees none.
 */
export async function getChange(db: Database, actor: PrincipalActor, id: string, now = new Date()) {
  const isId = z.uuid().safeParse(id).success;
  const change = isId ? await db.budgetChange.findUnique({ where: { id } }) : null;
  if (!change) throw new NotFoundError();
  const { organisationId, holderKind, ownerId, delta, toRhoPico } = change;
  authorise(actor, 'decision.read', { kind: 'decision', organisationId });
  const others = await db.budgetChange.findMany({
    where: { organisationId, holderKind, ownerId, state: 'proposed', id: { not: id } },
    orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
  });
  const people = [change, ...others].flatMap((one) => [one.proposedById, one.decidedById]);
  const [names, standing, patients, asked] = await Promise.all([
    namesOf(db, organisationId, people),
    holderStanding(db, change, delta, now),
    patientsOf(db, change),
    db.budgetRequest.findFirst({ where: { changeId: id, organisationId } }),
  ]);
  const asker = asked && (await namesOf(db, organisationId, [asked.userId])).get(asked.userId);
  const waits = change.state === 'proposed';
  const account = accountResource({ kind: holderKind, organisationId, ownerId });
  const view = toChangeView(change, actor, names);
  return {
    ...view,
    patients,
    standing,
    /** Null for a freeze and its end, which change no bound, and for what is decided: those numbers have moved on. */
    consequence: waits && toRhoPico !== null ? consequenceOf(standing, toRhoPico) : null,
    /** The cap is another one than when this was proposed: approving would be refused. */
    isVoid: waits && change.accountId !== null && standing.capRho !== view.fromRho,
    /** What else waits for the same holder, in other periods: no number here counts it. */
    alsoWaiting: waits ? others.map((other) => toChangeView(other, actor, names)) : [],
    isOver: periodBounds(change.period).end <= now,
    asked: asked && { by: asker ?? null, reason: asked.reason, at: asked.createdAt },
    mayDecide: waits && !view.isOwn && can(actor, 'budget.decide', account),
    isOwnToDecide: waits && view.isOwn && can(actor, 'budget.decide', account),
    mayWithdraw: waits && can(actor, 'budget.propose', account),
  };
}
export type ChangeDetail = Awaited<ReturnType<typeof getChange>>;
