import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { can } from '#lib/identity/permissions';
import { standingOf } from './certificate-standing.ts';
import { linkOf } from './node-link.ts';
import { TAKES_PART } from './onboarding/transitions.ts';
import { type ProbeSummary, probeSummaries } from './probe-summaries.ts';
import { readTelemetry } from './stored-status.ts';
import { visibleNodes } from './visible-nodes.ts';

/**
 * The nodes `actor` may see, by name: what is public of each, and how it answered the public probes of the span.
 * `detailed` says which of them the actor may open; build, queue and channel are shown of those only.
 * Throws ForbiddenError for a role that sees none.
 */
export async function listNodes(
  db: Database,
  actor: PrincipalActor,
  span: { from: string; to: string },
  now = new Date(),
) {
  const nodes = await db.node.findMany({
    // Who is only invited takes no part: that is its own organisation's affair until it does.
    where: {
      AND: [
        visibleNodes(actor),
        { OR: [{ state: { in: [...TAKES_PART] } }, { hospital: { organisationId: actor.organisationId } }] },
      ],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      state: true,
      shards: true,
      lanes: true,
      lastConnectedAt: true,
      hospital: { select: { id: true, organisationId: true, region: true } },
      status: true,
      certificates: { where: { revokedAt: null }, orderBy: { notAfter: 'desc' }, take: 1 },
    },
  });
  const summaries = await probeSummaries(
    db,
    nodes.map((node) => node.id),
    span,
  );
  return nodes.map(({ hospital, status, certificates, ...node }) => {
    const { organisationId, id: hospitalId } = hospital;
    const detailed = can(actor, 'node.read', { kind: 'node', organisationId, hospitalId });
    const link = linkOf(status, now);
    return {
      id: node.id,
      name: node.name,
      state: node.state,
      region: hospital.region,
      shards: node.shards,
      lanes: node.lanes,
      detailed,
      link,
      /** The last sign of life there is a record of. */
      lastHeardAt: status?.probedAt ?? node.lastConnectedAt,
      latencyMs: link === 'connected' ? (status?.probeMs ?? null) : null,
      ...figuresOf(summaries.get(node.id)),
      queued: detailed && link === 'connected' ? (status?.queued ?? null) : null,
      build: detailed ? (status?.build ?? null) : null,
      /** The key agreement is public within the federation: it says how well its answers are kept for later readers. */
      tlsGroup: link === 'connected' ? (status?.tlsGroup ?? null) : null,
      certificate: detailed ? standingOf(certificates[0], now) : null,
      telemetry: detailed && link === 'connected' ? readTelemetry(status?.telemetry) : null,
    };
  });
}
export type NodeRow = Awaited<ReturnType<typeof listNodes>>[number];

/** Where no probe was sent, nothing is known: null, not zero. */
function figuresOf(summary: ProbeSummary | undefined) {
  return {
    medianMs: summary?.medianMs ?? null,
    slowestMs: summary?.slowestMs ?? null,
    probes: summary?.probes ?? 0,
    lostShare: summary && summary.probes > 0 ? summary.lost / summary.probes : null,
  };
}
