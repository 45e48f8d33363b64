import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { type Attempt, beginsWait } from './sign-in-attempts.ts';

/** Tells the log, once, that attempts on somebody's account have to wait from now on. */
export async function noteFailure(
  db: Database,
  user: { id: string; pseudonym: string },
  attempt: Attempt,
  now: Date,
): Promise<void> {
  if (!beginsWait(attempt)) return;
  await recordLeaf(
    db,
    { v: 1, atMs: now.getTime(), type: 'session.held_back', member: user.pseudonym },
    user.id,
  );
}
