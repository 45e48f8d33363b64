import { clearAlertsIn } from '#lib/alerts/clear-alert';
import type { Account } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';

/** All that an account owed is charged: what said that it could not be is over. */
export async function clearChargeAlerts(tx: PrismaTransaction, account: Account, now: Date): Promise<void> {
  await clearAlertsIn(tx, { codes: ['charge_over_cap'], subjectId: account.id }, now);
  if (account.kind !== 'dataset') return;
  await clearAlertsIn(tx, { codes: ['charge_without_account'], subjectId: account.ownerId }, now);
}
