import { ROLES, type Role } from '#lib/actor';
import {
  ACTIONS,
  type Action,
  RESOURCE_KINDS,
  type ResourceKind,
  type Scope,
  scopeOf,
} from './permissions.ts';

export type MatrixRow = { action: Action; kind: ResourceKind; scopes: Record<Role, Scope | null> };

/** The matrix as a table to read: one row for everything that anybody may do, one column for each role. */
export function matrixRows(): MatrixRow[] {
  return ACTIONS.flatMap((action) =>
    RESOURCE_KINDS.map((kind) => ({ action, kind, scopes: scopesOf(action, kind) })).filter(({ scopes }) =>
      ROLES.some((role) => scopes[role] !== null),
    ),
  );
}

/** What one role may do, for the place where somebody is given it. */
export function grantsOf(role: Role): { action: Action; kind: ResourceKind; scope: Scope }[] {
  return matrixRows().flatMap(({ action, kind, scopes }) => {
    const scope = scopes[role];
    return scope ? [{ action, kind, scope }] : [];
  });
}

function scopesOf(action: Action, kind: ResourceKind): Record<Role, Scope | null> {
  const entries = ROLES.map((role) => [role, scopeOf({ role }, action, kind)] as const);
  return Object.fromEntries(entries) as Record<Role, Scope | null>;
}
