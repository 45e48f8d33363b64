import type { SessionActor } from '#lib/actor';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { changeState } from './change-state.ts';
import { nodeToChange } from './node-to-change.ts';
import { type Invited, openInvite } from './open-invite.ts';
import type { RenewInvite } from './schemas.ts';

/**
 * Gives a node a new code and ends the former one: after it expired, was tried too often, or when the six words were
 * not the same on both sides. Throws ConflictError once the node is certified.
 */
export async function renewInvite(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { expiresInHours, reason }: RenewInvite,
  now = new Date(),
): Promise<Invited> {
  return db.$transaction(async (tx) => {
    const node = await nodeToChange(tx, actor, 'node.invite', nodeId);
    if (node.state === 'pending') {
      await changeState(tx, { nodeId, from: 'pending', to: 'invited', actor, reason }, now);
      // Whatever asked with the former code is forgotten, its key with it.
      await tx.node.update({
        where: { id: nodeId },
        data: { csr: null, identityKey: null, enrolledAt: null },
      });
    } else if (node.state === 'invited') {
      await keepReason(tx, actor, { type: 'node.invited', subjectId: nodeId, reason }, now);
    } else {
      throw new ConflictError(`This node is ${node.state}: it needs no invite.`, { code: 'node_state' });
    }
    await tx.nodeInvite.updateMany({
      where: { nodeId, usedAt: null, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    return openInvite(tx, actor, { nodeId, expiresInHours, again: true }, now);
  });
}
