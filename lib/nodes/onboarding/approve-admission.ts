import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';
import { requireTwoFactors } from '#lib/identity/require-proved';
import { changeState } from './change-state.ts';
import { admissionToDecide, closeAdmission } from './close-admission.ts';
import { openDatasetAccount } from './open-dataset-account.ts';
import { requireCertificate } from './require-certificate.ts';
import type { NodeReason } from './schemas.ts';

/**
 * The second person's yes: the node takes part from the next cohort on, and its record collection has a budget. Throws
 * ForbiddenError for one's own proposal and without a fresh proof of two factors, ConflictError for one that was decided
 * or whose node has changed since.
 */
export async function approveAdmission(
  db: Database,
  actor: SessionActor,
  id: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<{ nodeId: string }> {
  return db.$transaction(async (tx) => {
    const admission = await admissionToDecide(tx, actor, id);
    await requireTwoFactors(tx, actor, now);
    const { node, nodeId, from } = admission;
    await closeAdmission(tx, actor, admission, 'approved', reason, now);
    if (node.state !== from) {
      throw new ConflictError(`The node is ${node.state} by now. Withdraw this and propose anew.`, {
        code: 'node_state',
      });
    }
    await requireCertificate(tx, nodeId, now);
    await changeState(tx, { nodeId, from, to: 'admitted', actor, reason }, now);
    await openDatasetAccount(tx, node, now);
    return { nodeId };
  });
}
