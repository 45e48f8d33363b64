import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { admissionToDecide, closeAdmission } from './close-admission.ts';
import type { NodeReason } from './schemas.ts';

/** The second person's no: the node stays as it is. Throws as approveAdmission does, but asks for no fresh proof. */
export async function rejectAdmission(
  db: Database,
  actor: SessionActor,
  id: string,
  { reason }: NodeReason,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const admission = await admissionToDecide(tx, actor, id);
    await closeAdmission(tx, actor, admission, 'rejected', reason, now);
  });
}
