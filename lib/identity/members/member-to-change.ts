import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ForbiddenError, NotFoundError } from '#lib/errors';
import { authorise } from '../permissions.ts';

/** A member that `actor` may change, and is not. Throws NotFoundError for another organisation's and for nobody's id. */
export async function memberToChange(tx: PrismaTransaction, actor: SessionActor, userId: string) {
  const { organisationId } = actor;
  authorise(actor, 'member.change', { kind: 'member', organisationId });
  const isId = z.uuid().safeParse(userId).success;
  const member = isId ? await tx.user.findFirst({ where: { id: userId, organisationId } }) : null;
  if (!member) throw new NotFoundError();
  if (member.id === actor.userId) {
    throw new ForbiddenError('Nobody changes their own membership. Another administrator can.', {
      code: 'own_membership',
    });
  }
  return member;
}
