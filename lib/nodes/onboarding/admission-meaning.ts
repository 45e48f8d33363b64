import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import type { Database } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { DATASET_EPSILON } from './open-dataset-account.ts';

/**
 * What the admission of a node would mean, in numbers, for those who propose and decide it: whose records come in, under
 * which guarantee, and beside whom they are asked. Throws NotFoundError unless the actor may see the node.
 */
export async function admissionMeaning(db: Database, actor: PrincipalActor, id: string, now = new Date()) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const node = await db.node.findUnique({ where: { id }, include: { hospital: true } });
  if (!node) throw new NotFoundError();
  const { organisationId } = node.hospital;
  authorise(actor, 'node.read', { kind: 'node', organisationId, hospitalId: node.hospitalId });
  const period = currentPeriod(now);
  const [account, others] = await Promise.all([
    db.account.findFirst({ where: { kind: 'dataset', ownerId: node.datasetId, period } }),
    db.node.findMany({ where: { state: 'admitted', id: { not: id } }, select: { shards: true } }),
  ]);
  const delta = account?.delta ?? String(privacyEnv().FEDERATED_DELTA);
  return {
    hospital: node.hospital.name,
    /** As declared; the router never sees the records. */
    patients: node.dataSize,
    shards: node.shards,
    period,
    delta,
    capEpsilon: account ? epsilonFromRho(account.capRhoPico, Number(delta)) : DATASET_EPSILON,
    /** It has a budget for this year already, with what was spent on it. */
    hasAccount: account !== null,
    others: others.length,
    otherShards: others.reduce((sum, { shards }) => sum + shards, 0),
  };
}
export type AdmissionMeaning = Awaited<ReturnType<typeof admissionMeaning>>;
