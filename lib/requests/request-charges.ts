import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { accountResource } from '#lib/budgets/account-resource';
import { currentPeriod } from '#lib/budgets/current-period';
import { periodBounds } from '#lib/budgets/period-bounds';
import type { LedgerEntry } from '#lib/db/generated/client';
import type { AccountKind } from '#lib/db/generated/enums';
import type { Database } from '#lib/db/prisma';
import { can } from '#lib/identity/permissions';
import { formatRho, rhoPicoToNumber } from '#lib/privacy/pico-rho';

const KIND_ORDER: AccountKind[] = ['user', 'department', 'organisation', 'dataset'];

/**
 * What a request moved on each account it touched, and how the account stood around it. Accounts the actor may not read
 * are only counted: that a cohort's datasets paid is public in the reply, whose they are is not.
 */
export async function requestCharges(db: Database, actor: PrincipalActor, requestId: string) {
  const entries = await db.ledgerEntry.findMany({ where: { requestId }, orderBy: { createdAt: 'asc' } });
  const accounts = await db.account.findMany({
    where: { id: { in: [...new Set(entries.map((entry) => entry.accountId))] } },
  });
  const visible = accounts
    .filter((account) => can(actor, 'account.read', accountResource(account)))
    .sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || a.name.localeCompare(b.name));
  const usedBefore = await sumsBefore(
    db,
    visible.map((account) => account.id),
    entries[0],
  );
  return {
    withheld: accounts.length - visible.length,
    accounts: visible.map((account) => {
      const moves = entries.filter((entry) => entry.accountId === account.id);
      const spent = moves.reduce((sum, move) => sum + move.spentDeltaPico, 0n);
      const reserved = moves.reduce((sum, move) => sum + move.reservedDeltaPico, 0n);
      const leftBefore = account.capRhoPico - (usedBefore.get(account.id) ?? 0n);
      const leftAfter = leftBefore - spent - reserved;
      const shareOf = (rhoPico: bigint) =>
        account.capRhoPico === 0n ? 0 : rhoPicoToNumber(rhoPico) / rhoPicoToNumber(account.capRhoPico);
      return {
        accountId: account.id,
        kind: account.kind,
        name: account.name,
        period: account.period,
        spentRho: formatRho(spent),
        reservedRho: formatRho(reserved),
        /** Of the cap as it is now: before the reservation, and after all that this request moved and nothing else. */
        leftBeforeRho: formatRho(leftBefore),
        leftAfterRho: formatRho(leftAfter),
        leftBeforeShare: shareOf(leftBefore),
        leftAfterShare: shareOf(leftAfter),
        moves: moves.map((move) => move.kind),
      };
    }),
  };
}

const sumsSchema = z.array(z.object({ account: z.uuid(), used: z.string().transform(BigInt) }));

/**
 * What was spent and reserved on each account before the request's first entry: added up from the period's start, or
 * taken back from how the account stands, whichever reads fewer entries.
 */
async function sumsBefore(
  db: Database,
  accountIds: readonly string[],
  first: Pick<LedgerEntry, 'createdAt'> | undefined,
): Promise<Map<string, bigint>> {
  if (!first) return new Map();
  const at = first.createdAt;
  const { start } = periodBounds(currentPeriod(at));
  const early = at.getTime() - start.getTime() < Date.now() - at.getTime();
  const sums = sumsSchema.parse(
    early
      ? await db.$queryRaw`
          select account_id as account, sum(spent_delta_pico + reserved_delta_pico)::text as used
          from ledger_entry
          where account_id = any(${accountIds}::uuid[]) and created_at < ${at}
          group by account_id`
      : await db.$queryRaw`
          select a.id as account,
                 (a.spent_rho_pico + a.reserved_rho_pico
                   - coalesce(sum(e.spent_delta_pico + e.reserved_delta_pico), 0))::text as used
          from account a left join ledger_entry e on e.account_id = a.id and e.created_at >= ${at}
          where a.id = any(${accountIds}::uuid[])
          group by a.id`,
  );
  return new Map(sums.map((sum) => [sum.account, sum.used]));
}
