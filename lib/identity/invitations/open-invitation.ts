import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { INVITATION_MAIL } from '#lib/jobs/definitions';
import { enqueue } from '#lib/jobs/enqueue';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { invitationToken, invitationTokenSha256 } from '../invitation-token.ts';
import { invitationExpiry } from './expiry.ts';
import type { Invite } from './invite-schema.ts';

export type Offered = { id: string; expiresAt: Date };

/** Writes an invitation, its leaf and the job that mails it, in the caller's transaction. `key` is the tokens'. */
export async function openInvitation(
  tx: PrismaTransaction,
  actor: SessionActor,
  key: Buffer,
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
      tokenSha256: new Uint8Array(invitationTokenSha256(invitationToken(key, id))),
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
  await enqueue(tx, INVITATION_MAIL, { invitationId: id });
  return { id, expiresAt };
}
