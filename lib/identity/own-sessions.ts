import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { actingPseudonym } from './acting-pseudonym.ts';

const open = (userId: string, now: Date) => ({ userId, revokedAt: null, expiresAt: { gt: now } });

/** Where a person is signed in: their open sessions, newest first. Everybody may see and end their own. */
export async function ownSessions(db: Database, actor: SessionActor, now = new Date()) {
  const sessions = await db.session.findMany({
    where: open(actor.userId, now),
    select: { id: true, createdAt: true, expiresAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return sessions.map(({ id, ...session }) => ({ ...session, isThis: id === actor.sessionId }));
}
export type OwnSession = Awaited<ReturnType<typeof ownSessions>>[number];

/** Ends every session of the actor's but this one. Returns how many; none is no change and leaves no leaf. */
export async function endOtherSessions(db: Database, actor: SessionActor, now = new Date()): Promise<number> {
  return db.$transaction(async (tx) => {
    const by = await actingPseudonym(tx, actor);
    const { count } = await tx.session.updateMany({
      where: { ...open(actor.userId, now), id: { not: actor.sessionId } },
      data: { revokedAt: now },
    });
    if (count > 0) {
      await recordLeaf(
        tx,
        { v: 1, atMs: now.getTime(), type: 'session.ended', by, sessions: count },
        actor.userId,
      );
    }
    return count;
  });
}
