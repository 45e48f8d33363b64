import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise, can } from '#lib/identity/permissions';
import { standingOf } from './certificate-standing.ts';
import { linkOf } from './node-link.ts';
import { pinsOf } from './pins-of.ts';
import { identityWords } from './six-words/six-words.ts';
import { readEngine, readTelemetry } from './stored-status.ts';

/**
 * One node: what its hospital declared, what the router knows of it and what rules it answers under. Throws
 * NotFoundError unless the actor may see it, ForbiddenError for a role that never reads nodes.
 */
export async function getNode(db: Database, actor: PrincipalActor, id: string, now = new Date()) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const node = await db.node.findUnique({
    where: { id },
    include: {
      status: true,
      certificates: { where: { revokedAt: null }, orderBy: { notAfter: 'desc' }, take: 1 },
      hospital: {
        include: {
          purposes: {
            where: { purpose: { active: true } },
            include: { purpose: true },
            orderBy: { purposeCode: 'asc' },
          },
          residency: { orderBy: { allowedRegion: 'asc' } },
        },
      },
    },
  });
  if (!node) throw new NotFoundError();
  const { hospital, status } = node;
  const { organisationId } = hospital;
  authorise(actor, 'node.read', { kind: 'node', organisationId, hospitalId: hospital.id });
  const mayReadAccount = can(actor, 'account.read', { kind: 'dataset_account', organisationId });
  const [account, pins, pinned] = await Promise.all([
    mayReadAccount ? datasetAccount(db, organisationId, node.datasetId, now) : null,
    pinsOf(db, id),
    db.auditLeaf.findFirst({
      where: { subjectId: id, type: 'node.pinned' },
      orderBy: { createdAt: 'asc' },
      select: { createdAt: true },
    }),
  ]);
  const link = linkOf(status, now);
  return {
    id: node.id,
    name: node.name,
    state: node.state,
    createdAt: node.createdAt,
    link,
    lastHeardAt: status?.probedAt ?? node.lastConnectedAt,
    lastConnectedAt: node.lastConnectedAt,
    connectedSince: status?.connectedSince ?? null,
    replica: link === 'connected' ? (status?.replica ?? null) : null,
    build: status?.build ?? null,
    latencyMs: link === 'connected' ? (status?.probeMs ?? null) : null,
    queued: link === 'connected' ? (status?.queued ?? null) : null,
    /** What the node's connection negotiated; null while it is not connected. */
    tlsGroup: link === 'connected' ? (status?.tlsGroup ?? null) : null,
    engine: readEngine(status?.engine),
    telemetry: link === 'connected' ? readTelemetry(status?.telemetry) : null,
    telemetryAt: status?.telemetryAt ?? null,
    certificate: standingOf(node.certificates[0], now),
    jurisdiction: node.jurisdiction,
    endpoint: node.endpoint,
    shards: node.shards,
    lanes: node.lanes,
    dataSize: node.dataSize,
    computeCapacity: node.computeCapacity,
    complianceLevel: node.complianceLevel,
    hospital: { name: hospital.name, region: hospital.region, regime: hospital.regime },
    allowedRegions: hospital.residency.map((rule) => rule.allowedRegion),
    purposes: hospital.purposes.map(({ purpose }) => ({ code: purpose.code, display: purpose.display })),
    /** SHA-256 of the raw identity key, hex: what an operator compares with their node's own. */
    identityFingerprint: node.identityKey
      ? createHash('sha256').update(node.identityKey).digest('hex')
      : null,
    /** The same key as six words: what another hospital compares before it pins this node as a peer. */
    peerWords: node.identityKey ? identityWords(node.identityKey) : null,
    pinnedAt: pinned?.createdAt ?? null,
    pins,
    datasetAccount: account,
  };
}
export type NodeDetail = Awaited<ReturnType<typeof getNode>>;

function datasetAccount(db: Database, organisationId: string, datasetId: string, now: Date) {
  return db.account.findFirst({
    where: { organisationId, kind: 'dataset', ownerId: datasetId, period: currentPeriod(now) },
    select: { id: true, name: true },
  });
}
