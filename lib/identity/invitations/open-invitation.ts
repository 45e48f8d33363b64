import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { type InvitationPost, invitationExpiry, tokenSha256 } from './invitation-post.ts';
import type { Invite } from './invite-schema.ts';

export type Offered = { id: string; expiresAt: Date };

/** Writes an invitation, its leaf and its mail, in the caller's transaction. */
export async function openInvitation(
  tx: PrismaTransaction,
  actor: SessionActor,
  post: InvitationPost,
  { invite, replaces }: { invite: Invite; replaces: string | null },
  now: Date,
): Promise<Offered> {
  const id = randomUUID();
  const expiresAt = invitationExpiry(now);
  const by = await actingPseudonym(tx, actor);
  await tx.invitation.create({
    data: {
      ...invite,
      id,
      organisationId: actor.organisationId,
      tokenSha256: tokenSha256(post.tokenOf(id)),
      invitedById: actor.userId,
      createdAt: now,
      expiresAt,
    },
  });
  const { role } = invite;
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type: 'member.invited', by, invitationId: id, role, replaces },
    id,
  );
  await post.send(tx, id);
  return { id, expiresAt };
}
