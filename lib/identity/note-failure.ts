import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { type Attempt, beginsWait } from './sign-in-attempts.ts';

/**
 * Tells the log, once a hold, that attempts have to wait from now on. The log is public and whoever fails chooses the
 * e-mail: the leaf is the same for everybody, with an account or without.
 */
export async function noteFailure(db: Database, attempt: Attempt, now: Date): Promise<void> {
  if (!beginsWait(attempt)) return;
  await recordLeaf(db, { v: 1, atMs: now.getTime(), type: 'session.held_back' }, null);
}
