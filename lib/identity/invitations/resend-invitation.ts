import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { findOwnInvitation } from './find-own-invitation.ts';
import { type Offered, openInvitation } from './open-invitation.ts';
import { withdraw } from './withdraw.ts';

/**
 * Sends an invitation again: a new link with its full time, and the former one stops working. Throws ConflictError
 * when it was taken up or withdrawn before.
 */
export async function resendInvitation(
  db: Database,
  actor: SessionActor,
  key: Buffer,
  id: string,
  now = new Date(),
): Promise<Offered> {
  return db.$transaction(async (tx) => {
    const { name, email, role, departmentId, hospitalId } = await findOwnInvitation(tx, actor, id);
    await withdraw(tx, id, now);
    const invite = { name, email, role, departmentId, hospitalId };
    return openInvitation(tx, actor, key, { invite, replaces: id }, now);
  });
}
