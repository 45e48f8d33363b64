import type { PrincipalActor, Role } from '#lib/actor';
import { ForbiddenError, NotFoundError } from '#lib/errors';

/** What a permitted person may reach: only what is theirs, their department's, or their whole organisation's. */
export type Scope = 'own' | 'department' | 'organisation';

export type Action = 'request.ask' | 'request.read' | 'account.read';

export const RESOURCE_KINDS = [
  'request',
  'user_account',
  'department_account',
  'organisation_account',
  'dataset_account',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A thing somebody wants to touch, reduced to who it belongs to. */
export type Resource = {
  kind: ResourceKind;
  organisationId: string;
  departmentId?: string | undefined;
  userId?: string | undefined;
};

type Grants = Partial<Record<Action, Partial<Record<ResourceKind, Scope>>>>;

const EVERY_ACCOUNT = {
  user_account: 'organisation',
  department_account: 'organisation',
  organisation_account: 'organisation',
  dataset_account: 'organisation',
} as const;

const OVERSIGHT: Grants = { 'request.read': { request: 'organisation' }, 'account.read': EVERY_ACCOUNT };

/** The matrix: role x action x resource. What is not listed is refused. */
export const MATRIX: Record<Role, Grants> = {
  clinician: {
    'request.ask': { request: 'own' },
    'request.read': { request: 'own' },
    'account.read': {
      user_account: 'own',
      department_account: 'department',
      organisation_account: 'organisation',
    },
  },
  admin: OVERSIGHT,
  dpo: OVERSIGHT,
  compliance_officer: OVERSIGHT,
  auditor: OVERSIGHT,
  node_operator: {},
};

/** How far `actor`'s role reaches for an action on a kind of resource; null where it reaches nothing. */
export function scopeOf(actor: PrincipalActor, action: Action, kind: ResourceKind): Scope | null {
  return MATRIX[actor.role][action]?.[kind] ?? null;
}

/** The one decision: pages, routes, lists and the router all ask here. */
export function can(actor: PrincipalActor, action: Action, resource: Resource): boolean {
  if (resource.organisationId !== actor.organisationId) return false;
  switch (scopeOf(actor, action, resource.kind)) {
    case 'organisation':
      return true;
    case 'department':
      return resource.departmentId === actor.departmentId;
    case 'own':
      return resource.userId === actor.userId;
    case null:
      return false;
  }
}

/**
 * Throws unless `can` says yes. A role that never does this gets ForbiddenError; one that does, but not to this thing
 * (another organisation's, another person's), gets NotFoundError, so that ids cannot be probed for existence.
 */
export function authorise(actor: PrincipalActor, action: Action, resource: Resource): void {
  if (can(actor, action, resource)) return;
  const foreign = resource.organisationId !== actor.organisationId;
  if (foreign || scopeOf(actor, action, resource.kind) !== null)
    throw new NotFoundError('There is no such thing here.');
  throw new ForbiddenError('Your role does not allow this.');
}
