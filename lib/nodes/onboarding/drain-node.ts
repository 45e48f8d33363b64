import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { changeState } from './change-state.ts';
import { nodeToChange } from './node-to-change.ts';
import type { NodeReason } from './schemas.ts';

/** Takes a node out of new cohorts; what it is answering it finishes. Back in takes two people, as the first time. */
export async function drainNode(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { state: from } = await nodeToChange(tx, actor, 'node.change', nodeId);
    await changeState(tx, { nodeId, from, to: 'draining', actor, reason }, now);
  });
}
