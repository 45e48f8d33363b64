import type { AccountKind } from '#lib/db/generated/enums';
import type { Resource } from '#lib/identity/permissions';

/** An account as the permission matrix sees it: its holder decides whose it is. */
export function accountResource(account: {
  kind: AccountKind;
  organisationId: string;
  ownerId: string;
}): Resource {
  const { kind, organisationId, ownerId } = account;
  return {
    kind: `${kind}_account`,
    organisationId,
    departmentId: kind === 'department' ? ownerId : undefined,
    userId: kind === 'user' ? ownerId : undefined,
  };
}
