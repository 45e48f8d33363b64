import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { formatRho } from '#lib/privacy/pico-rho';
import { DEMO_HISTORY_REPLICA } from './demo-history.ts';
import { boundOf } from './request-bound.ts';
import { requestCharges } from './request-charges.ts';
import { drawnOf } from './request-drawn.ts';
import { maskingOf } from './request-masking.ts';
import { outcomeOf } from './request-outcome.ts';
import { requestReceipts } from './request-receipts.ts';
import { toStages } from './stages.ts';

/** One request with its stages, charges, receipts and audit leaves. Throws NotFoundError unless the actor may see it. */
export async function getRequest(db: Database, actor: PrincipalActor, id: string) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const row = await db.request.findUnique({
    where: { id },
    omit: { answerCiphertext: true, bodyHash: true, errorMessage: true },
  });
  if (!row) throw new NotFoundError();
  authorise(actor, 'request.read', { ...row, kind: 'request' });

  const [charges, receipts, leaves, user, department, purpose] = await Promise.all([
    requestCharges(db, actor, id),
    requestReceipts(db, id),
    db.auditLeaf.findMany({
      where: { subjectId: id },
      orderBy: { createdAt: 'asc' },
      select: { leafHash: true, type: true, entry: true },
    }),
    db.user.findUnique({ where: { id: row.userId }, select: { name: true } }),
    db.department.findUnique({ where: { id: row.departmentId }, select: { name: true } }),
    db.purpose.findUnique({ where: { code: row.purpose }, select: { display: true } }),
  ]);

  return {
    id: row.id,
    state: row.state,
    outcome: outcomeOf(row),
    route: row.route,
    mechanism: row.mechanism,
    mode: row.mode,
    ...maskingOf(row.parameters),
    model: row.model,
    purpose: purpose?.display ?? row.purpose,
    epsilon: boundOf(row),
    delta: row.delta,
    drawn: drawnOf(row),
    quotedRho: formatRho(row.rhoPico),
    chargedRho: formatRho(row.chargedRhoPico),
    nodes: row.nodes,
    shards: row.shards,
    labelCount: row.labelCount,
    errorCode: row.errorCode,
    replays: row.replays,
    createdAt: row.createdAt,
    settledAt: row.settledAt,
    userName: user?.name ?? null,
    departmentName: department?.name ?? null,
    viaApiKey: row.apiKeyId !== null,
    isDemoHistory: row.replica === DEMO_HISTORY_REPLICA,
    stages: toStages(row.stagesMs),
    charges,
    receipts,
    leaves: leaves.map((leaf) => ({
      type: leaf.type,
      leafHash: Buffer.from(leaf.leafHash).toString('hex'),
      /** What the log says, as it was hashed. Leaves are public: no words of the question, no name. */
      entry: Buffer.from(leaf.entry).toString('utf8'),
    })),
  };
}
export type RequestDetail = Awaited<ReturnType<typeof getRequest>>;
