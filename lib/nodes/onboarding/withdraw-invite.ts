import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { changeState } from './change-state.ts';
import { nodeToChange } from './node-to-change.ts';
import type { NodeReason } from './schemas.ts';

/** Takes an offer back before the node is certified; the code works no more and the node's row is closed. */
export async function withdrawInvite(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const node = await nodeToChange(tx, actor, 'node.invite', nodeId);
    if (node.state !== 'invited' && node.state !== 'pending') {
      throw new ConflictError(`This node is ${node.state}: revoke it instead.`, { code: 'node_state' });
    }
    await changeState(tx, { nodeId, from: node.state, to: 'revoked', actor, reason }, now);
    const open = { nodeId, usedAt: null, withdrawnAt: null };
    const invite = await tx.nodeInvite.findFirst({ where: open });
    if (!invite) return;
    await tx.nodeInvite.updateMany({ where: open, data: { withdrawnAt: now } });
    const type = 'node.invite_withdrawn';
    const by = await actingPseudonym(tx, actor);
    const reasonId = await keepReason(tx, actor, { type, subjectId: nodeId, reason }, now);
    await recordLeaf(
      tx,
      { v: 1, atMs: now.getTime(), type, by, nodeId, inviteId: invite.id, reasonId },
      nodeId,
    );
  });
}
