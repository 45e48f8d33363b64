import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, InvalidRequestError, NotFoundError } from '#lib/errors';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import { authorise } from '#lib/identity/permissions';
import type { ChangePurpose } from './change-purpose-schema.ts';

/**
 * Lets a hospital answer for a purpose, or no longer; it holds for the next question, for policy reads the table.
 * Throws ConflictError when it is so already.
 */
export async function changePurpose(
  db: Database,
  actor: SessionActor,
  hospitalId: string,
  { purpose, answers, reason }: ChangePurpose,
  now = new Date(),
): Promise<void> {
  await requireOwnHospital(db, actor, hospitalId);
  try {
    await db.$transaction(async (tx) => {
      await write(tx, hospitalId, purpose, answers);
      const type = 'purpose.changed';
      const by = await actingPseudonym(tx, actor);
      const reasonId = await keepReason(tx, actor, { type, subjectId: hospitalId, reason }, now);
      await recordLeaf(
        tx,
        { v: 1, atMs: now.getTime(), type, by, hospitalId, purpose, answers, reasonId },
        hospitalId,
      );
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw alreadySo();
    throw error;
  }
}

async function requireOwnHospital(db: Database, actor: SessionActor, hospitalId: string): Promise<void> {
  const isId = z.uuid().safeParse(hospitalId).success;
  const hospital = isId ? await db.hospital.findUnique({ where: { id: hospitalId } }) : null;
  if (!hospital) throw new NotFoundError();
  const { organisationId } = hospital;
  authorise(actor, 'purpose.change', { kind: 'hospital', organisationId, hospitalId });
}

async function write(
  tx: PrismaTransaction,
  hospitalId: string,
  purposeCode: string,
  answers: boolean,
): Promise<void> {
  if (!answers) {
    const removed = await tx.hospitalPurpose.deleteMany({ where: { hospitalId, purposeCode } });
    if (removed.count === 0) throw alreadySo();
    return;
  }
  const known = await tx.purpose.count({ where: { code: purposeCode, active: true } });
  if (known === 0) {
    throw new InvalidRequestError('There is no such purpose.', { code: 'unknown_purpose', param: 'purpose' });
  }
  await tx.hospitalPurpose.create({ data: { hospitalId, purposeCode } });
}

function alreadySo(): ConflictError {
  return new ConflictError('Somebody else has changed this purpose meanwhile. Look again.', {
    code: 'purpose_changed',
  });
}
