import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { scopeOf } from '#lib/identity/permissions';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho, parseRho } from '#lib/privacy/pico-rho';
import { visibleRequests } from '#lib/requests/visible-requests';
import type { EntryRow } from './account-entries.ts';
import { balancesAfter } from './entry-balances.ts';
import { entryLeaves } from './entry-leaves.ts';
import { entryTerms } from './entry-terms.ts';

/** Entries with what a reader needs beside them. The caller has authorised the account. */
export async function explainEntries(
  db: Database,
  actor: PrincipalActor,
  account: { id: string; delta: string },
  rows: readonly EntryRow[],
) {
  const [balances, leaves, visible] = await Promise.all([
    balancesAfter(db, account.id, rows),
    entryLeaves(db, account.id, rows),
    requestsInView(db, actor, rows),
  ]);
  return rows.map(({ parameters, ...row }) => {
    const spentPico = parseRho(row.spentDelta);
    const after = balances.get(row.id) ?? { spentRhoPico: 0n, reservedRhoPico: 0n };
    return {
      ...row,
      terms: entryTerms(parameters),
      delta: account.delta,
      /** What this charge alone amounts to; nothing where nothing was spent. */
      epsilon: spentPico > 0n ? epsilonFromRho(spentPico, Number(account.delta)) : null,
      spentAfter: formatRho(after.spentRhoPico),
      reservedAfter: formatRho(after.reservedRhoPico),
      /** An odometer, as everywhere. */
      spentAfterEpsilon: epsilonFromRho(after.spentRhoPico, Number(account.delta)),
      leafHash: leaves.get(row.id) ?? null,
      /** Whether the viewer may open the request behind it; it may also be lost. */
      mayOpenRequest: visible.has(row.requestId),
    };
  });
}
export type ExplainedEntry = Awaited<ReturnType<typeof explainEntries>>[number];

async function requestsInView(
  db: Database,
  actor: PrincipalActor,
  rows: readonly EntryRow[],
): Promise<Set<string>> {
  if (scopeOf(actor, 'request.read', 'request') === null) return new Set();
  const found = await db.request.findMany({
    where: { AND: [visibleRequests(actor), { id: { in: rows.map(({ requestId }) => requestId) } }] },
    select: { id: true },
  });
  return new Set(found.map(({ id }) => id));
}
