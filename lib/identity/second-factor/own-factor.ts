import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';

/** How somebody's own second factor stands; null where they have none. */
export async function ownFactor(db: Database, { userId }: SessionActor) {
  const factor = await db.secondFactor.findFirst({
    where: { userId, confirmedAt: { not: null } },
    select: { confirmedAt: true, recoveryCodes: { where: { usedAt: null }, select: { id: true } } },
  });
  if (!factor?.confirmedAt) return null;
  return { since: factor.confirmedAt, codesLeft: factor.recoveryCodes.length };
}
export type OwnFactor = Awaited<ReturnType<typeof ownFactor>>;
