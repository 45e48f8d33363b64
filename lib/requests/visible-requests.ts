import type { PrincipalActor } from '#lib/actor';
import { ForbiddenError } from '#lib/errors';
import { scopeOf } from '#lib/identity/permissions';

/**
 * The permission matrix as a filter on requests: a list shows exactly what `can` would let the actor open.
 * Throws ForbiddenError for a role that reads no requests at all.
 */
export function visibleRequests(actor: PrincipalActor) {
  const { organisationId, departmentId, userId } = actor;
  switch (scopeOf(actor, 'request.read', 'request')) {
    case 'organisation':
      return { organisationId };
    case 'department':
      return { organisationId, departmentId };
    case 'own':
      return { organisationId, userId };
    case 'hospital':
    case null:
      throw new ForbiddenError('Your role does not read requests.');
  }
}
