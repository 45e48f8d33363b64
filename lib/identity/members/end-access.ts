import type { PrismaTransaction } from '#lib/db/prisma';

/** Ends every open session of a person, at once: the row is read on every request. Returns how many. */
export async function endSessions(tx: PrismaTransaction, userId: string, now: Date): Promise<number> {
  const ended = await tx.session.updateMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return ended.count;
}

/** Revokes every key of a person for good: being enabled again brings none back. Returns how many worked until now. */
export async function revokeKeys(tx: PrismaTransaction, userId: string, now: Date): Promise<number> {
  const working = { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  const count = await tx.apiKey.count({ where: working });
  await tx.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
  return count;
}
