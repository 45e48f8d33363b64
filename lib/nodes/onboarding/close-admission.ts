import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { NodeAdmission } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, ForbiddenError, NotFoundError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { authorise } from '#lib/identity/permissions';

/** A proposed admission that `actor` may do `action` to. Throws NotFoundError for another organisation's. */
export async function findAdmission(
  tx: PrismaTransaction,
  actor: SessionActor,
  action: 'node.change' | 'node.admit',
  id: string,
) {
  const isId = z.uuid().safeParse(id).success;
  const admission = isId
    ? await tx.nodeAdmission.findUnique({ where: { id }, include: { node: { include: { hospital: true } } } })
    : null;
  if (!admission) throw new NotFoundError();
  const { organisationId, node } = admission;
  authorise(actor, action, { kind: 'node', organisationId, hospitalId: node.hospitalId });
  return admission;
}

/** The same for the second person: nobody decides what they proposed, whatever their role has become since. */
export async function admissionToDecide(tx: PrismaTransaction, actor: SessionActor, id: string) {
  const admission = await findAdmission(tx, actor, 'node.admit', id);
  if (admission.proposedById === actor.userId) {
    throw new ForbiddenError('Nobody decides their own proposal. Another data-protection officer can.', {
      code: 'own_proposal',
    });
  }
  return admission;
}

/** Ends a proposal, with its leaf, if it still waits. Throws ConflictError for who comes second. */
export async function closeAdmission(
  tx: PrismaTransaction,
  actor: SessionActor,
  { id, nodeId }: Pick<NodeAdmission, 'id' | 'nodeId'>,
  outcome: 'approved' | 'rejected' | 'withdrawn',
  reason: string | null,
  now: Date,
): Promise<void> {
  const ended = await tx.nodeAdmission.updateMany({
    where: { id, state: 'proposed' },
    data: { state: outcome, decidedById: actor.userId, decidedAt: now, decisionReason: reason },
  });
  if (ended.count === 0) {
    throw new ConflictError('This admission was decided or withdrawn before.', { code: 'already_decided' });
  }
  const by = await actingPseudonym(tx, actor);
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type: 'node.admission_closed', nodeId, admissionId: id, outcome, by },
    nodeId,
  );
}

/** What waits for a node that goes elsewhere waits no more. */
export async function dropAdmissions(
  tx: PrismaTransaction,
  actor: SessionActor,
  nodeId: string,
  now: Date,
): Promise<void> {
  const waiting = await tx.nodeAdmission.findMany({ where: { nodeId, state: 'proposed' } });
  for (const one of waiting) await closeAdmission(tx, actor, one, 'withdrawn', null, now);
}
