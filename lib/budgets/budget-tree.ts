import type { PrincipalActor } from '#lib/actor';
import type { Account } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { accountForecast } from './account-forecast.ts';
import { toAccountView } from './account-view.ts';
import { questionsLeft } from './binding-account.ts';
import { dailySpend, holderKey } from './daily-spend.ts';
import { visibleAccounts } from './visible-accounts.ts';

type Query = { period: string; priceRhoPico: bigint; now?: Date };

/** From this share on a budget is near its cap. */
export const NEAR_CAP_SHARE = 0.8;

/**
 * The accounts of a period that `actor` may see, each under the one that holds it: people under their department (the
 * one they are in now), departments under the organisation. Datasets stand by themselves: they carry the guarantee.
 * Throws ForbiddenError for a role that reads no accounts at all.
 */
export async function budgetTree(db: Database, actor: PrincipalActor, query: Query) {
  const { period, priceRhoPico, now = new Date() } = query;
  const accounts = await db.account.findMany({
    where: { AND: [visibleAccounts(actor), { period }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  const [spend, parents] = await Promise.all([dailySpend(db, accounts, now), parentIds(db, actor, accounts)]);
  return accounts.map((account) => {
    const view = toAccountView(account);
    return {
      ...view,
      parentId: parents.get(account.id) ?? null,
      questionsLeft: Number(questionsLeft(view.remainingRho, priceRhoPico)),
      nearCap: view.remainingShare <= 1 - NEAR_CAP_SHARE,
      forecast: accountForecast(view, spend.get(holderKey(account)) ?? [], priceRhoPico, now),
    };
  });
}
export type BudgetNode = Awaited<ReturnType<typeof budgetTree>>[number];

/** The account above each account, as far as it is in view. */
async function parentIds(db: Database, actor: PrincipalActor, accounts: readonly Account[]) {
  const people = accounts.filter((account) => account.kind === 'user').map((account) => account.ownerId);
  const users = await db.user.findMany({
    where: { organisationId: actor.organisationId, id: { in: people } },
    select: { id: true, departmentId: true },
  });
  const departmentOf = new Map(users.map((user) => [user.id, user.departmentId]));
  const idOf = new Map(accounts.map((account) => [holderKey(account), account.id]));
  const organisation = idOf.get(holderKey({ kind: 'organisation', ownerId: actor.organisationId }));
  return new Map(
    accounts.map(({ id, kind, ownerId }) => {
      if (kind === 'department') return [id, organisation];
      if (kind !== 'user') return [id, undefined];
      const department = idOf.get(
        holderKey({ kind: 'department', ownerId: departmentOf.get(ownerId) ?? '' }),
      );
      return [id, department ?? organisation];
    }),
  );
}
