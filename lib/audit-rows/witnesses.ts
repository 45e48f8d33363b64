import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { visibleNodes } from '#lib/nodes/visible-nodes';

/** The nodes that are to co-sign the log's heads: which each signed last, and how often it refused one. */
export async function listWitnesses(db: Database, actor: PrincipalActor) {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  const nodes = await db.node.findMany({
    where: { AND: [visibleNodes(actor), { state: { in: ['admitted', 'draining'] } }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  });
  const ids = nodes.map(({ id }) => id);
  const [signed, refused] = await Promise.all([
    Promise.all(
      ids.map((nodeId) =>
        db.auditCosignature.findFirst({ where: { nodeId }, orderBy: { treeSize: 'desc' } }),
      ),
    ),
    db.auditRow.groupBy({
      by: ['subjectId'],
      where: { type: 'log.witness_refused', subjectId: { in: ids } },
      _count: true,
    }),
  ]);
  return nodes.map(({ id, name }, at) => {
    const last = signed[at];
    return {
      nodeId: id,
      name,
      signedSize: last ? String(last.treeSize) : null,
      signedAt: last ? new Date(Number(last.timestampS) * 1000) : null,
      refusals: refused.find(({ subjectId }) => subjectId === id)?._count ?? 0,
    };
  });
}
export type WitnessRow = Awaited<ReturnType<typeof listWitnesses>>[number];
