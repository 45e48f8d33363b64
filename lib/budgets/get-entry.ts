import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { scopeOf } from '#lib/identity/permissions';
import { requestCharges } from '#lib/requests/request-charges';
import { requestReceipts } from '#lib/requests/request-receipts';
import { toEntryRow } from './account-entries.ts';
import { type ExplainedEntry, explainEntries } from './explain-entries.ts';
import { getAccount } from './get-account.ts';

/**
 * One entry of an account with all that stands behind it: what its request moved on every account in view, and for those
 * who may see the request, what the nodes signed. Null when the account has no such entry. Throws as getAccount does.
 */
export async function getEntry(db: Database, actor: PrincipalActor, accountId: string, entryId: string) {
  const account = await getAccount(db, actor, accountId);
  if (!z.uuid().safeParse(entryId).success) return null;
  const row = await db.ledgerEntry.findFirst({ where: { id: entryId, accountId } });
  if (!row) return null;
  const [entry] = await explainEntries(db, actor, account, [toEntryRow(row)]);
  const [charges, receipts] = await Promise.all([
    requestCharges(db, actor, row.requestId),
    receiptsInView(db, actor, entry!),
  ]);
  return { entry: entry!, charges, receipts };
}
export type EntryDetail = NonNullable<Awaited<ReturnType<typeof getEntry>>>;

/**
 * Those who may see the request see all its receipts. Of one that a restore lost, those who see every request of their
 * organisation see what its own nodes signed: nobody else's are known to have been asked with them.
 */
async function receiptsInView(db: Database, actor: PrincipalActor, entry: ExplainedEntry) {
  if (entry.mayOpenRequest) return requestReceipts(db, entry.requestId);
  if (scopeOf(actor, 'request.read', 'request') !== 'organisation') return null;
  if (await db.request.findUnique({ where: { id: entry.requestId }, select: { id: true } })) return null;
  const own = await db.node.findMany({
    where: { hospital: { organisationId: actor.organisationId } },
    select: { id: true },
  });
  const receipts = await requestReceipts(db, entry.requestId);
  return receipts.filter(({ nodeId }) => own.some(({ id }) => id === nodeId));
}
