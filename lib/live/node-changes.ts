import type { Database } from '#lib/db/prisma';
import type { OwnedChange } from './visible-changes.ts';

/** What is known of each node beside the audit log, as one text a node: another text, another state. */
export type NodeStates = Map<string, { state: string; change: OwnedChange }>;

/** An attempt that failed is looked at soon after it, or not at once. */
const ATTEMPTS_MS = 10 * 60_000;

/** The router's last word, the last preflight and the last refusals: none of them has a leaf. */
export async function nodeStates(db: Database, now = new Date()): Promise<NodeStates> {
  const [rows, attempts] = await Promise.all([
    db.node.findMany({
      select: {
        id: true,
        hospitalId: true,
        preflightAt: true,
        hospital: { select: { organisationId: true } },
        status: { select: { replica: true, connectedSince: true, build: true, probedAt: true } },
      },
    }),
    db.nodeEnrolmentAttempt.groupBy({
      by: ['nodeId'],
      where: { at: { gt: new Date(now.getTime() - ATTEMPTS_MS) } },
      _max: { at: true },
    }),
  ]);
  const refusedAt = new Map(attempts.map(({ nodeId, _max }) => [nodeId, _max.at]));
  return new Map(
    rows.map(({ id, hospitalId, hospital, preflightAt, status }) => [
      id,
      {
        state: JSON.stringify({ status, preflightAt, refusedAt: refusedAt.get(id) ?? null }),
        change: {
          type: 'node',
          id,
          resource: { kind: 'node', organisationId: hospital.organisationId, hospitalId },
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
