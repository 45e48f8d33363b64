import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '../permissions.ts';

/** An invitation that `actor` may manage. Throws NotFoundError for another organisation's and for nobody's id. */
export async function findOwnInvitation(tx: PrismaTransaction, actor: SessionActor, id: string) {
  const { organisationId } = actor;
  authorise(actor, 'member.invite', { kind: 'member', organisationId });
  const isId = z.uuid().safeParse(id).success;
  const invitation = isId ? await tx.invitation.findFirst({ where: { id, organisationId } }) : null;
  if (!invitation) throw new NotFoundError();
  return invitation;
}
