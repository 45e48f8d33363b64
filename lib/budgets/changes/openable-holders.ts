import type { PrincipalActor } from '#lib/actor';
import type { AccountKind } from '#lib/db/generated/enums';
import type { Database } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { scopeOf } from '#lib/identity/permissions';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { currentPeriod } from '../current-period.ts';
import type { HolderStanding } from './consequence.ts';
import { holderStanding, patientsOf } from './holder-standing.ts';

/** A holder without a budget for a period, and how their others stand. */
export type Openable = {
  holderKind: AccountKind;
  ownerId: string;
  name: string;
  period: string;
  standing: HolderStanding;
  patients: number | null;
  /** The cap of their latest period, to begin with; null for who never had one. */
  formerEpsilon: number | null;
};

/** For whom a budget may be proposed, this year and the next; null for who may not propose. */
export async function openableHolders(
  db: Database,
  actor: PrincipalActor,
  now: Date,
): Promise<Openable[] | null> {
  if (scopeOf(actor, 'budget.propose', 'dataset_account') === null) return null;
  const { organisationId } = actor;
  const periods = [currentPeriod(now), String(Number(currentPeriod(now)) + 1)];
  const [holders, accounts] = await Promise.all([
    holdersOf(db, organisationId),
    db.account.findMany({ where: { organisationId }, orderBy: { period: 'desc' } }),
  ]);
  const delta = String(privacyEnv().FEDERATED_DELTA);
  const of = (holder: (typeof holders)[number]) =>
    accounts.filter(({ kind, ownerId }) => kind === holder.holderKind && ownerId === holder.ownerId);
  const missing = holders.flatMap((holder) =>
    periods
      .filter((period) => of(holder).every((account) => account.period !== period))
      .map((period) => ({ ...holder, period, latest: of(holder)[0] })),
  );
  return Promise.all(
    missing.map(async ({ latest, ...holder }) => ({
      ...holder,
      standing: await holderStanding(db, { ...holder, organisationId }, latest?.delta ?? delta, now),
      patients: await patientsOf(db, holder),
      formerEpsilon: latest ? epsilonFromRho(latest.capRhoPico, Number(latest.delta)) : null,
    })),
  );
}

type Named = { holderKind: AccountKind; ownerId: string; name: string };

async function holdersOf(db: Database, organisationId: string): Promise<Named[]> {
  const select = { id: true, name: true };
  const orderBy = { name: 'asc' } as const;
  const [nodes, organisation, departments, users] = await Promise.all([
    db.node.findMany({
      where: { hospital: { organisationId } },
      select: { datasetId: true, hospital: { select: { name: true } } },
      orderBy,
    }),
    db.organisation.findUniqueOrThrow({ where: { id: organisationId }, select }),
    db.department.findMany({ where: { organisationId }, select, orderBy }),
    db.user.findMany({ where: { organisationId, disabledAt: null }, select, orderBy }),
  ]);
  const named = (holderKind: AccountKind) => (one: { id: string; name: string }) => ({
    holderKind,
    ownerId: one.id,
    name: one.name,
  });
  return [
    ...nodes.map(({ datasetId, hospital }) => named('dataset')({ id: datasetId, name: hospital.name })),
    named('organisation')(organisation),
    ...departments.map(named('department')),
    ...users.map(named('user')),
  ];
}
