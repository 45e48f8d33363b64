import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { bumpKeyEpoch } from '../key-epoch.ts';
import { changeState } from './change-state.ts';
import { dropAdmissions } from './close-admission.ts';
import { nodeToChange } from './node-to-change.ts';
import type { NodeReason } from './schemas.ts';

/**
 * Ends a node for good, at once: its connection closes, its certificates count no more, and the others make new masking
 * keys without it. Its receipts, its account and its past answers stay. Takes one person: it can only take away.
 */
export async function revokeNode(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { state: from } = await nodeToChange(tx, actor, 'node.change', nodeId);
    await changeState(tx, { nodeId, from, to: 'revoked', actor, reason }, now);
    await dropAdmissions(tx, actor, nodeId, now);
    const counting = { nodeId, revokedAt: null };
    const certificates = await tx.nodeCertificate.findMany({ where: counting, select: { serial: true } });
    await tx.nodeCertificate.updateMany({
      where: counting,
      data: { revokedAt: now, reason: 'node_revoked' },
    });
    await tx.nodeInvite.updateMany({
      where: { nodeId, usedAt: null, withdrawnAt: null },
      data: { withdrawnAt: now },
    });
    const at = { v: 1, atMs: now.getTime() } as const;
    const serials = certificates.map(({ serial }) => serial);
    await recordLeaf(tx, { ...at, type: 'node.certificates_revoked', nodeId, serials }, nodeId);
    const epoch = await bumpKeyEpoch(tx, now);
    await recordLeaf(tx, { ...at, type: 'node.key_epoch', nodeId, epoch }, nodeId);
  });
}
