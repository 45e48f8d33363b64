import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '../permissions.ts';
import { hasSecondFactor } from '../require-proved.ts';
import { memberConsequence } from './member-consequence.ts';
import { SHOWN, toMember } from './member-view.ts';

const MAX_CHANGES = 20;

/** One member, with what disabling them would end, and what was decided about them and why. */
export async function getMember(db: Database, actor: PrincipalActor, userId: string, now = new Date()) {
  const { organisationId } = actor;
  authorise(actor, 'member.read', { kind: 'member', organisationId });
  const isId = z.uuid().safeParse(userId).success;
  const user = isId
    ? await db.user.findFirst({ where: { id: userId, organisationId }, select: SHOWN })
    : null;
  if (!user) throw new NotFoundError();
  const [consequence, withApp, reasons] = await Promise.all([
    memberConsequence(db, userId, now),
    hasSecondFactor(db, userId),
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
    ...toMember(user, actor),
    consequence,
    hasSecondFactor: withApp,
    changes: reasons.map(({ id, createdAt, reason, byUserId }) => ({
      id,
      createdAt,
      reason,
      by: names.get(byUserId) ?? null,
    })),
  };
}
export type MemberDetail = Awaited<ReturnType<typeof getMember>>;
