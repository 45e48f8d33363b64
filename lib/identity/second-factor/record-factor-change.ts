import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '../acting-pseudonym.ts';

type FactorChange = {
  change: 'added' | 'removed' | 'recovery_codes';
  member: { id: string; pseudonym: string };
  reasonId: string | null;
};

/** Tells the log what became of somebody's second factor, in the transaction of the change. */
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
