import type { PrismaTransaction } from '#lib/db/prisma';
import type { Ended } from './record-change.ts';

/** Ends everything by which a person can act, at once. */
export async function endAccess(tx: PrismaTransaction, userId: string, now: Date): Promise<Ended> {
  return {
    sessionsEnded: await endSessions(tx, userId, now),
    keysRevoked: await revokeKeys(tx, userId, now),
    invitationsWithdrawn: await withdrawInvitations(tx, userId, now),
  };
}

/** Ends every open session of a person, at once: the row is read on every request. Returns how many. */
async function endSessions(tx: PrismaTransaction, userId: string, now: Date): Promise<number> {
  const ended = await tx.session.updateMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return ended.count;
}

/** Withdraws every open invitation of a person: an offer does not outlive the right to make it. Returns how many worked until now. */
export async function withdrawInvitations(
  tx: PrismaTransaction,
  invitedById: string,
  now: Date,
): Promise<number> {
  const open = { invitedById, acceptedAt: null, withdrawnAt: null };
  const count = await tx.invitation.count({ where: { ...open, expiresAt: { gt: now } } });
  await tx.invitation.updateMany({ where: open, data: { withdrawnAt: now } });
  return count;
}

/** Revokes every key of a person for good: being enabled again brings none back. Returns how many worked until now. */
export async function revokeKeys(tx: PrismaTransaction, userId: string, now: Date): Promise<number> {
  const working = { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  const count = await tx.apiKey.count({ where: working });
  await tx.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
  return count;
}
