import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { ForbiddenError } from '#lib/errors';
import { can, scopeOf } from '#lib/identity/permissions';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import { namesOf } from '../changes/change-view.ts';
import { holderStanding } from '../changes/holder-standing.ts';

const MOST = 50;

/**
 * Requests for more budget, those that are open first: one's own, or the organisation's for who oversees it, each with
 * what became of it. Throws ForbiddenError for a role that sees no decisions.
 */
export async function listIncreases(
  db: Database,
  actor: PrincipalActor,
  options: { accountId?: string; now?: Date } = {},
) {
  const { accountId, now = new Date() } = options;
  const scope = scopeOf(actor, 'decision.read', 'decision');
  if (scope === null) throw new ForbiddenError('Your role does not see decisions.');
  const { organisationId, userId } = actor;
  const rows = await db.budgetRequest.findMany({
    where: {
      organisationId,
      ...(scope === 'organisation' ? {} : { userId }),
      ...(accountId === undefined ? {} : { accountId }),
    },
    orderBy: [{ state: 'asc' }, { createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  });
  const [accounts, changes, names] = await Promise.all([
    db.account.findMany({ where: { organisationId, id: { in: rows.map((row) => row.accountId) } } }),
    db.budgetChange.findMany({
      where: { organisationId, id: { in: rows.flatMap((row) => row.changeId ?? []) } },
      select: { id: true, state: true, decisionReason: true },
    }),
    namesOf(
      db,
      organisationId,
      rows.flatMap((row) => [row.userId, row.handledById]),
    ),
  ]);
  const found = rows.flatMap((row) => {
    const account = accounts.find(({ id }) => id === row.accountId);
    return account ? [{ row, account }] : [];
  });
  return Promise.all(
    found.map(async ({ row, account }) => {
      const change = changes.find(({ id }) => id === row.changeId);
      const { id, kind: holderKind, delta, capRhoPico } = account;
      const resource = { kind: 'user_account', organisationId, userId: row.userId } as const;
      const isOpen = row.state === 'open';
      return {
        id: row.id,
        state: row.state,
        by: names.get(row.userId) ?? null,
        isOwn: row.userId === userId,
        account: { id, name: account.name, period: account.period, delta },
        capEpsilon: epsilonFromRho(capRhoPico, Number(delta)),
        wantedEpsilon: epsilonFromRho(row.wantedRhoPico, Number(delta)),
        wantedRho: formatRho(row.wantedRhoPico),
        reason: row.reason,
        createdAt: row.createdAt,
        handledBy: row.handledById === null ? null : (names.get(row.handledById) ?? null),
        handledAt: row.handledAt,
        answer: row.answer,
        /** What became of the change that was proposed because of it; `id` only for those who may open it. */
        change: change
          ? {
              id: scope === 'organisation' ? change.id : null,
              state: change.state,
              reason: change.decisionReason,
            }
          : null,
        standing: isOpen ? await holderStanding(db, { ...account, holderKind }, delta, now) : null,
        mayAnswer: isOpen && can(actor, 'budget.propose', resource),
        mayWithdraw: isOpen && can(actor, 'budget.ask', resource),
      };
    }),
  );
}
export type IncreaseView = Awaited<ReturnType<typeof listIncreases>>[number];
