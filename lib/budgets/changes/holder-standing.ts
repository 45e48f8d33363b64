import type { AccountKind } from '#lib/db/generated/enums';
import type { PrismaTransaction } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { mostOfPeriod } from '../most-of-period.ts';
import type { HolderStanding } from './consequence.ts';

/** Whose budget, and for which period. */
export type Holder = { holderKind: AccountKind; ownerId: string; organisationId: string; period: string };

/** How a holder stands before a change. The caller has authorised them. `delta` is that of an account not open yet. */
export async function holderStanding(
  tx: PrismaTransaction,
  { holderKind, ownerId, organisationId, period }: Holder,
  delta: string,
  now: Date,
): Promise<HolderStanding> {
  const accounts = await tx.account.findMany({ where: { kind: holderKind, ownerId, organisationId } });
  const present = accounts.find((account) => account.period === period);
  const others = accounts.filter((account) => account !== present);
  const worst = others.map((account) => mostOfPeriod(account, now));
  const sum = (parts: bigint[]) => formatRho(parts.reduce((total, part) => total + part, 0n));
  return {
    delta: present?.delta ?? delta,
    capRho: present ? formatRho(present.capRhoPico) : null,
    spentRho: formatRho(present?.spentRhoPico ?? 0n),
    reservedRho: formatRho(present?.reservedRhoPico ?? 0n),
    lifetimeSpentRho: sum(accounts.map((account) => account.spentRhoPico)),
    othersWorstRho: sum(worst),
  };
}

/** How many patients a dataset's guarantee is for, as its hospital declared; null for a quota or where none did. */
export async function patientsOf(
  tx: PrismaTransaction,
  { holderKind, ownerId }: Pick<Holder, 'holderKind' | 'ownerId'>,
): Promise<number | null> {
  if (holderKind !== 'dataset') return null;
  const nodes = await tx.node.findMany({ where: { datasetId: ownerId }, select: { dataSize: true } });
  const declared = nodes.flatMap(({ dataSize }) => dataSize ?? []);
  return declared.length > 0 ? declared.reduce((sum, size) => sum + size, 0) : null;
}
