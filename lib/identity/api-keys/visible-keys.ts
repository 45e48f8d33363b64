import type { PrincipalActor } from '#lib/actor';
import type { ApiKeyWhereInput } from '#lib/db/generated/models';
import { ForbiddenError } from '#lib/errors';
import { scopeOf } from '../permissions.ts';

/** The permission matrix as a filter on keys. Throws ForbiddenError for a role that reads none. */
export function visibleKeys(actor: PrincipalActor): ApiKeyWhereInput {
  const { organisationId, userId } = actor;
  switch (scopeOf(actor, 'api_key.read', 'api_key')) {
    case 'organisation':
      return { organisationId };
    case 'own':
      return { organisationId, userId };
    default:
      throw new ForbiddenError('Your role does not read API keys.');
  }
}
