import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { authorise } from '#lib/identity/permissions';

/** What holds for `actor`'s organisation, and the settings that whoever runs the federation has chosen. */
export async function organisationSettings(db: Database, actor: PrincipalActor) {
  const { organisationId } = actor;
  authorise(actor, 'settings.read', { kind: 'settings', organisationId });
  const organisation = await db.organisation.findUniqueOrThrow({
    where: { id: organisationId },
    select: {
      name: true,
      region: true,
      maxRequestEpsilon: true,
      createdAt: true,
      departments: { select: { name: true }, orderBy: { name: 'asc' } },
    },
  });
  const env = privacyEnv();
  return {
    name: organisation.name,
    region: organisation.region,
    maxRequestEpsilon: organisation.maxRequestEpsilon.toNumber(),
    createdAt: organisation.createdAt,
    departments: organisation.departments.map((department) => department.name),
    defaults: {
      epsilon: env.FEDERATED_PRIVACY_EPSILON,
      delta: env.FEDERATED_DELTA,
      maxBudgetPerUser: env.FEDERATED_MAX_BUDGET_PER_USER,
    },
  };
}
export type OrganisationSettings = Awaited<ReturnType<typeof organisationSettings>>;
