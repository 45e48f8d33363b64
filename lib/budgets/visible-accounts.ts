import type { PrincipalActor } from '#lib/actor';
import type { AccountKind } from '#lib/db/generated/enums';
import type { AccountWhereInput } from '#lib/db/generated/models';
import { ForbiddenError } from '#lib/errors';
import { scopeOf } from '#lib/identity/permissions';

const KINDS: AccountKind[] = ['user', 'department', 'organisation', 'dataset'];

/**
 * The permission matrix as a filter on accounts: a list shows exactly what `can` would let the actor open.
 * Throws ForbiddenError for a role that reads no accounts at all.
 */
export function visibleAccounts(actor: PrincipalActor): AccountWhereInput {
  const byKind = KINDS.flatMap((kind) => visibleOfKind(actor, kind) ?? []);
  if (byKind.length === 0) throw new ForbiddenError('Your role does not read budgets.');
  return { organisationId: actor.organisationId, OR: byKind };
}

function visibleOfKind(actor: PrincipalActor, kind: AccountKind): AccountWhereInput | null {
  switch (scopeOf(actor, 'account.read', `${kind}_account`)) {
    case 'organisation':
      return { kind };
    case 'department':
      return kind === 'department' ? { kind, ownerId: actor.departmentId } : null;
    case 'own':
      return kind === 'user' ? { kind, ownerId: actor.userId } : null;
    case 'hospital':
    case null:
      return null;
  }
}
