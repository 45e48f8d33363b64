import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { changeState } from './change-state.ts';
import { dropAdmissions } from './close-admission.ts';
import { nodeToChange } from './node-to-change.ts';
import type { NodeReason } from './schemas.ts';

/** Closes a node's connection at once and takes none until two people admit it again. Its certificate stays. */
export async function suspendNode(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { state: from } = await nodeToChange(tx, actor, 'node.change', nodeId);
    await changeState(tx, { nodeId, from, to: 'suspended', actor, reason }, now);
    await dropAdmissions(tx, actor, nodeId, now);
  });
}
