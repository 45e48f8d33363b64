import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { Database } from '#lib/db/prisma';
import { ConflictError, NotFoundError } from '#lib/errors';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { authorise } from '../permissions.ts';
import type { RevokeKey } from './schemas.ts';

/** Revokes a key for good, from its next use on. Throws NotFoundError for one that is not the actor's to see. */
export async function revokeKey(
  db: Database,
  actor: SessionActor,
  id: string,
  { reason }: RevokeKey,
  now = new Date(),
): Promise<void> {
  const isId = z.uuid().safeParse(id).success;
  const key = isId
    ? await db.apiKey.findUnique({ where: { id }, include: { user: { select: { pseudonym: true } } } })
    : null;
  if (!key) throw new NotFoundError();
  const { organisationId, userId } = key;
  authorise(actor, 'api_key.revoke', { kind: 'api_key', organisationId, userId });
  await db.$transaction(async (tx) => {
    const revoked = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
    if (revoked.count === 0) {
      throw new ConflictError('This key was revoked before.', { code: 'key_revoked' });
    }
    const type = 'api_key.revoked';
    await recordLeaf(
      tx,
      {
        v: 1,
        atMs: now.getTime(),
        type,
        by: await actingPseudonym(tx, actor),
        apiKeyId: id,
        member: key.user.pseudonym,
        reasonId: await keepReason(tx, actor, { type, subjectId: id, reason }, now),
      },
      id,
    );
  });
}
