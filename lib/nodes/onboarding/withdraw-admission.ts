import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { closeAdmission, findAdmission } from './close-admission.ts';

/** Takes a proposed admission back before it is decided. Any administrator can: who proposed it may be away. */
export async function withdrawAdmission(
  db: Database,
  actor: SessionActor,
  id: string,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const admission = await findAdmission(tx, actor, 'node.change', id);
    await closeAdmission(tx, actor, admission, 'withdrawn', null, now);
  });
}
