import { appendLeaf, recordLeaf } from '#lib/audit-log/append-leaf';
import type { PoolClient } from '#lib/db/pool';
import type { PrismaTransaction } from '#lib/db/prisma';
import type { AlertCode } from './codes.ts';

/**
 * Ends the firing alerts of these codes about one thing, in the caller's transaction, each with its leaf. Returns how
 * many there were: usually none.
 */
export async function clearAlerts(
  client: PoolClient,
  { codes, subjectId }: { codes: readonly AlertCode[]; subjectId: string },
  now = new Date(),
): Promise<number> {
  const cleared = await client.query<{ id: string; code: string }>(
    `UPDATE alert SET cleared_at = $3 WHERE code = ANY($1::text[]) AND subject_id = $2 AND cleared_at IS NULL
     RETURNING id, code`,
    [codes, subjectId, now],
  );
  for (const { id: alertId, code } of cleared.rows) {
    await appendLeaf(client, { v: 1, atMs: now.getTime(), type: 'alert.cleared', alertId, code }, subjectId);
  }
  return cleared.rows.length;
}

/** The same for the verbs of the console, whose transactions are Prisma's. */
export async function clearAlertsIn(
  tx: PrismaTransaction,
  { codes, subjectId }: { codes: readonly AlertCode[]; subjectId: string },
  now: Date,
): Promise<number> {
  const cleared = await tx.alert.updateManyAndReturn({
    where: { code: { in: [...codes] }, subjectId, clearedAt: null },
    data: { clearedAt: now },
    select: { id: true, code: true },
  });
  for (const { id: alertId, code } of cleared) {
    await recordLeaf(tx, { v: 1, atMs: now.getTime(), type: 'alert.cleared', alertId, code }, subjectId);
  }
  return cleared.length;
}
