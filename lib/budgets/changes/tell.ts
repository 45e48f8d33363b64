import type { Role } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { DECISION_MAIL, type DecisionNews } from '#lib/jobs/definitions';
import { enqueue } from '#lib/jobs/enqueue';

/** Everybody of a role in an organisation, or one person. */
export type Recipients = { organisationId: string; role: Role } | { id: string };

/** Mails people news of a decision, in the transaction of what there is to tell: a job for each, with ids only. */
export async function tell(
  tx: PrismaTransaction,
  about: DecisionNews,
  id: string,
  recipients: Recipients,
): Promise<void> {
  const people = await tx.user.findMany({ where: { ...recipients, disabledAt: null }, select: { id: true } });
  for (const person of people) await enqueue(tx, DECISION_MAIL, { about, id, userId: person.id });
}
