import type { PrincipalActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { UnauthenticatedError } from '#lib/errors';

/** What the log calls the person who acts. Read in the same transaction: somebody disabled meanwhile changes nothing. */
export async function actingPseudonym(tx: PrismaTransaction, actor: PrincipalActor): Promise<string> {
  const user = await tx.user.findFirst({
    where: { id: actor.userId, organisationId: actor.organisationId, role: actor.role, disabledAt: null },
    select: { pseudonym: true },
  });
  if (!user) throw new UnauthenticatedError('Your membership has changed. Sign in again.');
  return user.pseudonym;
}
