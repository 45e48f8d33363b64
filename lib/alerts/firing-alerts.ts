import type { PrincipalActor } from '#lib/actor';
import type { AlertWhereInput } from '#lib/db/generated/models';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';

type Reader = Pick<Database, 'alert' | 'node'>;

/** The alerts that concern an organisation: its own, and those of the whole federation. */
export function alertsOf(organisationId: string): AlertWhereInput {
  return { OR: [{ organisationId }, { organisationId: null }] };
}

/** What is wrong now, the gravest first. Throws ForbiddenError for a role that oversees nothing. */
export async function firingAlerts(db: Reader, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'alert.read', { kind: 'alert', organisationId });
  const alerts = await db.alert.findMany({
    where: { AND: [alertsOf(organisationId), { clearedAt: null }] },
    // The enum's own order: critical before warning before notice.
    orderBy: [{ severity: 'asc' }, { raisedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, severity: true, code: true, subjectId: true, raisedAt: true, seenAt: true },
  });
  if (alerts.length === 0) return [];
  // What a node is called is public in the federation, to whoever reads alerts.
  const nodes = await db.node.findMany({
    where: { id: { in: alerts.map(({ subjectId }) => subjectId) } },
    select: { id: true, name: true },
  });
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return alerts.map(({ subjectId, ...alert }) => ({
    ...alert,
    /** The node it is about; null where it is about something else. */
    nodeName: names.get(subjectId) ?? null,
  }));
}
export type FiringAlert = Awaited<ReturnType<typeof firingAlerts>>[number];
