import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { requireTwoFactors } from '#lib/identity/require-proved';
import { nodeToChange } from './node-to-change.ts';
import { requireCertificate } from './require-certificate.ts';
import type { NodeReason } from './schemas.ts';
import { mayMove } from './transitions.ts';

/**
 * Proposes that a node takes part in cohorts, or does so again; nothing changes until a data-protection officer approves.
 * Throws ForbiddenError without a fresh proof of two factors, ConflictError where it waits already or cannot be admitted.
 */
export async function proposeAdmission(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<{ id: string }> {
  try {
    return await db.$transaction(async (tx) => {
      const node = await nodeToChange(tx, actor, 'node.change', nodeId);
      await requireTwoFactors(tx, actor, now);
      if (!mayMove(node.state, 'admitted')) {
        throw new ConflictError(`A node that is ${node.state} cannot be admitted.`, { code: 'node_state' });
      }
      await requireCertificate(tx, nodeId, now);
      const id = randomUUID();
      const { organisationId } = node.hospital;
      const proposal = { nodeId, organisationId, from: node.state, reason };
      await tx.nodeAdmission.create({
        data: { ...proposal, id, proposedById: actor.userId, proposedAt: now },
      });
      const by = await actingPseudonym(tx, actor);
      await recordLeaf(
        tx,
        {
          v: 1,
          atMs: now.getTime(),
          type: 'node.admission_proposed',
          by,
          nodeId,
          admissionId: id,
          from: node.state,
        },
        nodeId,
      );
      return { id };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError('The admission of this node waits for a decision already.', {
      code: 'already_proposed',
    });
  }
}
