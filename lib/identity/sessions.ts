import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from './acting-pseudonym.ts';

/** Half a day: one shift. Also the lifetime of the cookie. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** Opens a session and returns its id, the only thing the cookie will carry. */
export async function createSession(
  db: PrismaTransaction,
  userId: string,
  now = new Date(),
  secondFactor = false,
): Promise<string> {
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + SESSION_SECONDS * 1000);
  await db.session.create({ data: { id, userId, createdAt: now, expiresAt, provedAt: now, secondFactor } });
  return id;
}

/** Who a session id stands for now: null once it is revoked or over, or its user disabled. Read on every request. */
export async function findSessionActor(
  db: Database,
  sessionId: string,
  now = new Date(),
): Promise<SessionActor | null> {
  const session = await db.session.findFirst({
    where: { id: sessionId, revokedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: {
      user: { select: { id: true, organisationId: true, departmentId: true, hospitalId: true, role: true } },
    },
  });
  if (!session) return null;
  const { id: userId, ...membership } = session.user;
  return { kind: 'session', sessionId, userId, ...membership };
}

/** Ends a session for good. Ending it twice, or one that never was, is no error. */
export async function revokeSession(
  db: PrismaTransaction,
  sessionId: string,
  now = new Date(),
): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now } });
}

/** Ends the session that a browser carried while somebody signed in anew; one that is over by then leaves nothing. */
export async function endFormerSession(tx: PrismaTransaction, sessionId: string, now: Date): Promise<void> {
  const former = await tx.session.findFirst({
    where: { id: sessionId, revokedAt: null, expiresAt: { gt: now } },
    select: { user: { select: { id: true, pseudonym: true } } },
  });
  if (!former) return;
  await revokeSession(tx, sessionId, now);
  const { id, pseudonym } = former.user;
  await recordLeaf(tx, { v: 1, atMs: now.getTime(), type: 'session.closed', by: pseudonym }, id);
}

/** Signs out: the session is over, and the log says so. */
export async function closeSession(db: Database, actor: SessionActor, now = new Date()): Promise<void> {
  await db.$transaction(async (tx) => {
    const by = await actingPseudonym(tx, actor);
    await revokeSession(tx, actor.sessionId, now);
    await recordLeaf(tx, { v: 1, atMs: now.getTime(), type: 'session.closed', by }, actor.userId);
  });
}
