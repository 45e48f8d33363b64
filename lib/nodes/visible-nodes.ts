import type { PrincipalActor } from '#lib/actor';
import type { NodeWhereInput } from '#lib/db/generated/models';
import { ForbiddenError } from '#lib/errors';
import { scopeOf } from '#lib/identity/permissions';

/**
 * The permission matrix as a filter on nodes: those who oversee the organisation see the public facts of every node of
 * the federation, a node operator the site they look after. Throws ForbiddenError for a role that sees none.
 */
export function visibleNodes(actor: PrincipalActor): NodeWhereInput {
  if (scopeOf(actor, 'federation.read', 'federation') === 'organisation') return {};
  switch (scopeOf(actor, 'node.read', 'node')) {
    case 'organisation':
      return { hospital: { organisationId: actor.organisationId } };
    case 'hospital':
      // No site, no node: an unset id would be no condition at all.
      return actor.hospitalId === null
        ? { id: { in: [] } }
        : { hospital: { id: actor.hospitalId, organisationId: actor.organisationId } };
    default:
      throw new ForbiddenError('Your role does not read nodes.');
  }
}
