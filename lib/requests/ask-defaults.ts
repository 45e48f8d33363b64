import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';

/** What the Ask page starts from. Throws ForbiddenError for a role that may not ask. */
export async function askDefaults(db: Database, actor: PrincipalActor, defaultEpsilon: number) {
  authorise(actor, 'request.ask', { ...actor, kind: 'request' });
  const [organisation, purposes] = await Promise.all([
    db.organisation.findUniqueOrThrow({
      where: { id: actor.organisationId },
      select: { maxRequestEpsilon: true },
    }),
    db.purpose.findMany({ where: { active: true }, orderBy: { display: 'asc' } }),
  ]);
  const maxEpsilon = organisation.maxRequestEpsilon.toNumber();
  return {
    maxEpsilon,
    epsilon: Math.min(defaultEpsilon, maxEpsilon),
    purposes: purposes.map(({ code, display, description }) => ({ code, display, description })),
  };
}
