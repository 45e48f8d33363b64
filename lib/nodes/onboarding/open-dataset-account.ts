import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { currentPeriod } from '#lib/budgets/current-period';
import type { PrismaTransaction } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { accountOpened } from '#lib/ledger/open-account';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';

/** A dataset's cap for a year unless two people decided on another, epsilon at FEDERATED_DELTA. */
export const DATASET_EPSILON = 10;

type Of = { datasetId: string; hospital: { name: string; organisationId: string } };

/** Opens this year's account of a node's record collection. One that is open already stays as it is, spent and all. */
export async function openDatasetAccount(tx: PrismaTransaction, node: Of, now: Date): Promise<void> {
  const period = currentPeriod(now);
  const holder = { kind: 'dataset' as const, ownerId: node.datasetId, period };
  if ((await tx.account.count({ where: holder })) > 0) return;
  const delta = privacyEnv().FEDERATED_DELTA;
  const { name, organisationId } = node.hospital;
  const account = {
    ...holder,
    name,
    organisationId,
    capRhoPico: rhoFromEpsilon(DATASET_EPSILON, delta),
    delta: String(delta),
  };
  const id = randomUUID();
  await tx.account.create({ data: { ...account, id, createdAt: now } });
  await recordLeaf(tx, accountOpened(id, account, now), id);
}
