import type { PrincipalActor } from '#lib/actor';
import type { BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';

type Names = ReadonlyMap<string, string>;

/** The names of people of an organisation, by id; who is gone has none. */
export async function namesOf(
  tx: PrismaTransaction,
  organisationId: string,
  ids: readonly (string | null)[],
): Promise<Names> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const people = await tx.user.findMany({
    where: { organisationId, id: { in: wanted } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** A change as the console shows it: caps as epsilon at the account's own delta, and as exact rho. */
export function toChangeView(change: BudgetChange, actor: PrincipalActor, names: Names) {
  const { fromRhoPico, toRhoPico, delta } = change;
  const epsilon = (rhoPico: bigint | null) =>
    rhoPico === null ? null : epsilonFromRho(rhoPico, Number(delta));
  const rho = (rhoPico: bigint | null) => (rhoPico === null ? null : formatRho(rhoPico));
  return {
    id: change.id,
    kind: change.kind,
    state: change.state,
    accountId: change.accountId,
    holderKind: change.holderKind,
    name: change.name,
    period: change.period,
    delta,
    fromRho: rho(fromRhoPico),
    fromEpsilon: epsilon(fromRhoPico),
    toRho: rho(toRhoPico),
    toEpsilon: epsilon(toRhoPico),
    reason: change.reason,
    proposedBy: names.get(change.proposedById) ?? null,
    proposedAt: change.proposedAt,
    isOwn: change.proposedById === actor.userId,
    decidedBy: change.decidedById === null ? null : (names.get(change.decidedById) ?? null),
    decidedAt: change.decidedAt,
    decisionReason: change.decisionReason,
  };
}
export type ChangeView = ReturnType<typeof toChangeView>;
