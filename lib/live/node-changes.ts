import type { Database } from '#lib/db/prisma';
import type { OwnedChange } from './visible-changes.ts';

/** What the router last wrote about each node, as one text a node: another text, another state. */
export type NodeStates = Map<string, { state: string; change: OwnedChange }>;

export async function nodeStates(db: Database): Promise<NodeStates> {
  const rows = await db.nodeStatus.findMany({
    select: {
      nodeId: true,
      replica: true,
      connectedSince: true,
      build: true,
      probedAt: true,
      node: { select: { hospitalId: true, hospital: { select: { organisationId: true } } } },
    },
  });
  return new Map(
    rows.map(({ nodeId, node, ...status }) => [
      nodeId,
      {
        state: JSON.stringify(status),
        change: {
          type: 'node',
          id: nodeId,
          resource: {
            kind: 'node',
            organisationId: node.hospital.organisationId,
            hospitalId: node.hospitalId,
          },
        },
      },
    ]),
  );
}

/** The nodes whose state differs between two looks. */
export function changedNodes(before: NodeStates, after: NodeStates): OwnedChange[] {
  return [...after]
    .filter(([nodeId, { state }]) => before.get(nodeId)?.state !== state)
    .map(([, { change }]) => change);
}
