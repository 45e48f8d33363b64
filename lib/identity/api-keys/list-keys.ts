import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { can } from '../permissions.ts';
import { keyState } from './key-state.ts';
import { visibleKeys } from './visible-keys.ts';

/** Long enough before its end to make another key and put it in place. */
const SOON_MS = 14 * 86_400_000;

/** The keys `actor` may see, newest first, and never more of one than its prefix. */
export async function listKeys(db: Database, actor: PrincipalActor, now = new Date()) {
  const rows = await db.apiKey.findMany({
    where: visibleKeys(actor),
    select: {
      id: true,
      organisationId: true,
      userId: true,
      name: true,
      prefix: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
      user: { select: { name: true, email: true } },
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ organisationId, userId, user, ...row }) => {
    const state = keyState(row, now);
    const resource = { kind: 'api_key', organisationId, userId } as const;
    return {
      ...row,
      owner: user.name,
      ownerEmail: user.email,
      isOwn: userId === actor.userId,
      state,
      expiresSoon:
        state === 'active' && row.expiresAt !== null && row.expiresAt.getTime() - now.getTime() < SOON_MS,
      mayRevoke: state === 'active' && can(actor, 'api_key.revoke', resource),
    };
  });
}
export type KeyRow = Awaited<ReturnType<typeof listKeys>>[number];
