import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '../permissions.ts';
import { memberConsequence } from './member-consequence.ts';

const MAX_CHANGES = 20;

/** What the list does not show of one member: what disabling them would end, and what was changed about them and why. */
export async function getMember(db: Database, actor: PrincipalActor, userId: string, now = new Date()) {
  const { organisationId } = actor;
  authorise(actor, 'member.read', { kind: 'member', organisationId });
  const isId = z.uuid().safeParse(userId).success;
  const found = isId ? await db.user.count({ where: { id: userId, organisationId } }) : 0;
  if (found === 0) throw new NotFoundError('There is no such member.');
  const [consequence, reasons] = await Promise.all([
    memberConsequence(db, userId, now),
    db.changeReason.findMany({
      where: { organisationId, subjectId: userId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MAX_CHANGES,
    }),
  ]);
  const deciders = await db.user.findMany({
    where: { organisationId, id: { in: reasons.map((row) => row.byUserId) } },
    select: { id: true, name: true },
  });
  const names = new Map(deciders.map((user) => [user.id, user.name]));
  return {
    consequence,
    changes: reasons.map(({ id, createdAt, reason, byUserId }) => ({
      id,
      createdAt,
      reason,
      by: names.get(byUserId) ?? null,
    })),
  };
}
export type MemberDetail = Awaited<ReturnType<typeof getMember>>;
