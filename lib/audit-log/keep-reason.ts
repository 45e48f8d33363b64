import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import type { AuditEvent } from './events.ts';

type Reason = { type: AuditEvent['type']; subjectId: string; reason: string };

/** Keeps why somebody did something, beside the log, and returns the id that the leaf names. */
export async function keepReason(
  tx: PrismaTransaction,
  actor: SessionActor,
  { type, subjectId, reason }: Reason,
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.changeReason.create({
    data: {
      id,
      organisationId: actor.organisationId,
      byUserId: actor.userId,
      type,
      subjectId,
      reason,
      createdAt: now,
    },
  });
  return id;
}
