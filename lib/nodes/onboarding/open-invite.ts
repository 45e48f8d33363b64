import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { channelAuthority, initCommand } from './channel-authority.ts';
import { newInviteCode } from './invite-code.ts';

export type Invited = { nodeId: string; inviteId: string; code: string; expiresAt: Date; command: string };

/** Writes an invite with its leaf in the caller's transaction. The code is in the return value and nowhere else. */
export async function openInvite(
  tx: PrismaTransaction,
  actor: SessionActor,
  { nodeId, expiresInHours, again }: { nodeId: string; expiresInHours: number; again: boolean },
  now: Date,
): Promise<Invited> {
  const authority = await channelAuthority(tx);
  const { code, locator, codeKey } = newInviteCode();
  const inviteId = randomUUID();
  const expiresAt = new Date(now.getTime() + expiresInHours * 3_600_000);
  await tx.nodeInvite.create({
    data: {
      id: inviteId,
      nodeId,
      locator,
      codeKey: new Uint8Array(codeKey),
      invitedById: actor.userId,
      createdAt: now,
      expiresAt,
    },
  });
  const by = await actingPseudonym(tx, actor);
  const expiresAtMs = expiresAt.getTime();
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type: 'node.invited', by, nodeId, inviteId, expiresAtMs, again },
    nodeId,
  );
  return { nodeId, inviteId, code, expiresAt, command: initCommand(authority, code) };
}
