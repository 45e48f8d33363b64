import type { PrincipalActor } from '#lib/actor';
import { ForbiddenError } from '#lib/errors';
import { scopeOf } from '#lib/identity/permissions';

/**
 * The permission matrix as a filter on requests: a list shows exactly what `can` would let the actor open, and an
 * export exactly what it would let them take along. Throws ForbiddenError for a role that does neither.
 */
export function visibleRequests(
  actor: PrincipalActor,
  action: 'request.read' | 'request.export' = 'request.read',
) {
  const { organisationId, departmentId, userId } = actor;
  switch (scopeOf(actor, action, 'request')) {
    case 'organisation':
      return { organisationId };
    case 'department':
      return { organisationId, departmentId };
    case 'own':
      return { organisationId, userId };
    case 'hospital':
    case null:
      throw new ForbiddenError(
        action === 'request.read'
          ? 'Your role does not read requests.'
          : 'Your role does not export requests.',
      );
  }
}
