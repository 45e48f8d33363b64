import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';

/**
 * The organisation's hospitals as an invite may name them: those without a node, and those whose node was revoked with
 * the number of shards that its record collection keeps. `taken` are the others, by name.
 */
export async function invitableHospitals(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'node.invite', { kind: 'node', organisationId });
  const hospitals = await db.hospital.findMany({
    where: { organisationId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      region: true,
      nodes: { orderBy: { createdAt: 'desc' }, select: { state: true, shards: true } },
    },
  });
  const isTaken = ({ nodes }: (typeof hospitals)[number]) => nodes.some(({ state }) => state !== 'revoked');
  return {
    free: hospitals
      .filter((hospital) => !isTaken(hospital))
      .map(({ id, name, region, nodes }) => ({ id, name, region, shards: nodes[0]?.shards ?? null })),
    taken: hospitals.filter(isTaken).map(({ name }) => name),
  };
}
export type InvitableHospitals = Awaited<ReturnType<typeof invitableHospitals>>;
