import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { findOwnInvitation } from './find-own-invitation.ts';
import { withdraw } from './withdraw.ts';

/** Takes an offer back: its link stops working. Throws ConflictError when it was taken up or withdrawn before. */
export async function withdrawInvitation(
  db: Database,
  actor: SessionActor,
  id: string,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    await findOwnInvitation(tx, actor, id);
    await withdraw(tx, id, now);
    const by = await actingPseudonym(tx, actor);
    await recordLeaf(
      tx,
      { v: 1, atMs: now.getTime(), type: 'member.invitation_withdrawn', by, invitationId: id },
      id,
    );
  });
}
