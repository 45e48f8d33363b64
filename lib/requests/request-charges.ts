import type { PrincipalActor } from '#lib/actor';
import { accountResource } from '#lib/budgets/account-resource';
import type { AccountKind } from '#lib/db/generated/enums';
import type { Database } from '#lib/db/prisma';
import { can } from '#lib/identity/permissions';
import { formatRho } from '#lib/privacy/pico-rho';

const KIND_ORDER: AccountKind[] = ['user', 'department', 'organisation', 'dataset'];

/**
 * What a request moved on each account it touched. Accounts the actor may not read are only counted: that a cohort's
 * datasets paid is public in the reply, whose they are is not.
 */
export async function requestCharges(db: Database, actor: PrincipalActor, requestId: string) {
  const entries = await db.ledgerEntry.findMany({ where: { requestId }, orderBy: { createdAt: 'asc' } });
  const accounts = await db.account.findMany({
    where: { id: { in: [...new Set(entries.map((entry) => entry.accountId))] } },
  });
  const visible = accounts
    .filter((account) => can(actor, 'account.read', accountResource(account)))
    .sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || a.name.localeCompare(b.name));
  return {
    withheld: accounts.length - visible.length,
    accounts: visible.map((account) => {
      const moves = entries.filter((entry) => entry.accountId === account.id);
      const spent = moves.reduce((sum, move) => sum + move.spentDeltaPico, 0n);
      const reserved = moves.reduce((sum, move) => sum + move.reservedDeltaPico, 0n);
      return {
        accountId: account.id,
        kind: account.kind,
        name: account.name,
        spentRho: formatRho(spent),
        reservedRho: formatRho(reserved),
        moves: moves.map((move) => move.kind),
      };
    }),
  };
}
