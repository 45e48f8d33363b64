import type { Database } from '#lib/db/prisma';

export type Consequence = { sessions: number; keys: number };

/** What disabling a member would end at this moment. */
export async function memberConsequence(db: Database, userId: string, now: Date): Promise<Consequence> {
  const [sessions, keys] = await Promise.all([
    db.session.count({ where: { userId, revokedAt: null, expiresAt: { gt: now } } }),
    db.apiKey.count({
      where: { userId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    }),
  ]);
  return { sessions, keys };
}
