import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { keepReason } from '#lib/audit-log/keep-reason';
import type { User } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { standingOf } from './standing.ts';

/** What a change ended at once. */
export type Ended = { sessionsEnded: number; keysRevoked: number; invitationsWithdrawn: number };

type MemberChange = {
  change: 'place' | 'disabled' | 'enabled';
  from: User;
  to: User;
  ended: Ended;
  reason: string;
};

/** Tells the log, in the transaction of the change, how a member stood, how they stand and what that ended. */
export async function recordMemberChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  { change, from, to, ended, reason }: MemberChange,
  now: Date,
): Promise<void> {
  const type = 'member.changed';
  await recordLeaf(
    tx,
    {
      v: 1,
      atMs: now.getTime(),
      type,
      by: await actingPseudonym(tx, actor),
      member: from.pseudonym,
      change,
      from: standingOf(from),
      to: standingOf(to),
      ...ended,
      reasonId: await keepReason(tx, actor, { type, subjectId: from.id, reason }, now),
    },
    from.id,
  );
}
