import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { NODES_CHANNEL } from './nodes-channel.ts';
import { mayMove, type NodeState } from './transitions.ts';

export type Move = {
  nodeId: string;
  /** As its caller has just read it: another one meanwhile is a conflict. */
  from: NodeState;
  to: NodeState;
  /** Null where the product moves it by itself. */
  actor: SessionActor | null;
  reason: string | null;
};

/**
 * Moves a node to another state in the caller's transaction: its row, the transition, the leaf, and word to the routers.
 * Throws ConflictError where the table does not allow it or somebody else was first.
 */
export async function changeState(tx: PrismaTransaction, move: Move, now: Date): Promise<void> {
  const { nodeId, from, to, actor, reason } = move;
  if (!mayMove(from, to)) {
    throw new ConflictError(`A node that is ${from} cannot become ${to}. Nothing was changed.`, {
      code: 'node_state',
      extra: { state: from },
    });
  }
  const moved = await tx.node.updateMany({ where: { id: nodeId, state: from }, data: { state: to } });
  if (moved.count === 0) {
    throw new ConflictError('Somebody else has changed this node meanwhile. Look again.', {
      code: 'node_state',
    });
  }
  await recordTransition(tx, { nodeId, from, to, actor, reason }, now);
}

/** The record of a state that was just written; `from` is null for a node's first. */
export async function recordTransition(
  tx: PrismaTransaction,
  { nodeId, from, to, actor, reason }: Omit<Move, 'from'> & { from: NodeState | null },
  now: Date,
): Promise<void> {
  const type = 'node.transition';
  const by = actor && (await actingPseudonym(tx, actor));
  const reasonId =
    actor && reason !== null ? await keepReason(tx, actor, { type, subjectId: nodeId, reason }, now) : null;
  await tx.nodeTransition.create({
    data: { id: randomUUID(), nodeId, from, to, byId: actor?.userId ?? null, reasonId, at: now },
  });
  await recordLeaf(tx, { v: 1, atMs: now.getTime(), type, nodeId, from, to, by, reasonId }, nodeId);
  await tellRouters(tx, nodeId);
}

/** Heard when the transaction commits, within a moment; routers also look by themselves. */
export async function tellRouters(tx: PrismaTransaction, nodeId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify(${NODES_CHANNEL}, ${nodeId})::text`;
}
