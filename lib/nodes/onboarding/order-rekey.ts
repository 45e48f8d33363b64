import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { tellRouters } from './change-state.ts';
import { nodeToChange } from './node-to-change.ts';
import type { NodeReason } from './schemas.ts';
import { MAY_CONNECT } from './transitions.ts';

/** Has a node make a new TLS key and ask for a certificate of it, over the connection it has; no request is lost by it. */
export async function orderRekey(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const node = await nodeToChange(tx, actor, 'node.change', nodeId);
    if (!MAY_CONNECT.includes(node.state)) {
      throw new ConflictError(`A node that is ${node.state} cannot make a new key.`, { code: 'node_state' });
    }
    await tx.node.update({ where: { id: nodeId }, data: { rekeyOrderedAt: now } });
    const type = 'node.rekey_ordered';
    const by = await actingPseudonym(tx, actor);
    const reasonId = await keepReason(tx, actor, { type, subjectId: nodeId, reason }, now);
    await recordLeaf(tx, { v: 1, atMs: now.getTime(), type, by, nodeId, reasonId }, nodeId);
    await tellRouters(tx, nodeId);
  });
}
