import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { FACTOR_MAIL } from '#lib/jobs/definitions';
import { enqueue } from '#lib/jobs/enqueue';
import { actingPseudonym } from '../acting-pseudonym.ts';

type FactorChange = {
  change: 'added' | 'removed' | 'recovery_codes';
  member: { id: string; pseudonym: string };
  reasonId: string | null;
};

/**
 * Tells the log what became of somebody's second factor, and them by mail, in the transaction of the change: who did not
 * do it themselves learns of it.
 */
export async function recordFactorChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  { change, member, reasonId }: FactorChange,
  now: Date,
): Promise<void> {
  const by = await actingPseudonym(tx, actor);
  const type = 'second_factor.changed';
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type, by, member: member.pseudonym, change, reasonId },
    member.id,
  );
  const about = member.id === actor.userId ? change : 'reset';
  await enqueue(tx, FACTOR_MAIL, { about, id: randomUUID(), userId: member.id });
}

/** The same for one's own. */
export async function recordOwnFactorChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  change: FactorChange['change'],
  now: Date,
): Promise<void> {
  const pseudonym = await actingPseudonym(tx, actor);
  const member = { id: actor.userId, pseudonym };
  await recordFactorChange(tx, actor, { change, member, reasonId: null }, now);
}
