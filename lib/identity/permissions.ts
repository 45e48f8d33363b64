import type { PrincipalActor, Role } from '#lib/actor';
import { ForbiddenError, NotFoundError } from '#lib/errors';

/** What a permitted person may reach: only what is theirs, their department's, their hospital's, or all of their organisation's. */
export type Scope = 'own' | 'department' | 'hospital' | 'organisation';

export const ACTIONS = [
  'overview.read',
  'request.ask',
  'request.read',
  'request.export',
  'account.read',
  'account.export',
  /** Changes to budgets that were proposed or decided, and requests for more. */
  'decision.read',
  /** Propose another cap, an account, a freeze, its end; and answer who asked for more. */
  'budget.propose',
  /** The second person of such a change. */
  'budget.decide',
  /** Ask for more budget than one has. */
  'budget.ask',
  /** The public facts of every node that takes part: name, region, state, shards, lanes, probe latency. */
  'federation.read',
  /** One node of the organisation's own, with what it declared. */
  'node.read',
  /** Offer a hospital a place for its node. */
  'node.invite',
  /** Certify a node, propose its admission, drain, suspend and revoke it. */
  'node.change',
  /** The second person of an admission. */
  'node.admit',
  'member.read',
  'member.export',
  'member.invite',
  'member.change',
  'api_key.read',
  'api_key.create',
  'api_key.revoke',
  'settings.read',
  /** What the attacks on the mechanisms measured. */
  'privacy_audit.read',
  /** Which purposes a hospital answers for. */
  'purpose.change',
  /** The audit log's rows, with the names of the organisation's own people and accounts. */
  'audit.read',
  'audit.export',
  'alert.read',
] as const;
export type Action = (typeof ACTIONS)[number];

export const RESOURCE_KINDS = [
  'overview',
  'request',
  'user_account',
  'department_account',
  'organisation_account',
  'dataset_account',
  'decision',
  'federation',
  'node',
  'member',
  'api_key',
  'settings',
  'privacy_audit',
  'hospital',
  'audit_row',
  'alert',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A thing somebody wants to touch, reduced to who it belongs to. */
export type Resource = {
  kind: ResourceKind;
  organisationId: string;
  departmentId?: string | undefined;
  hospitalId?: string | null | undefined;
  userId?: string | undefined;
};

export type Grants = Partial<Record<Action, Partial<Record<ResourceKind, Scope>>>>;

const EVERY_ACCOUNT = {
  user_account: 'organisation',
  department_account: 'organisation',
  organisation_account: 'organisation',
  dataset_account: 'organisation',
} as const;

/** Everything about the organisation, to look at. */
const OVERSIGHT: Grants = {
  'overview.read': { overview: 'organisation' },
  'request.read': { request: 'organisation' },
  'account.read': EVERY_ACCOUNT,
  'decision.read': { decision: 'organisation' },
  'federation.read': { federation: 'organisation' },
  'node.read': { node: 'organisation' },
  'member.read': { member: 'organisation' },
  'api_key.read': { api_key: 'organisation' },
  'settings.read': { settings: 'organisation' },
  'privacy_audit.read': { privacy_audit: 'organisation' },
  'audit.read': { audit_row: 'organisation' },
  'alert.read': { alert: 'organisation' },
};

/** Those who answer for the records may take the figures with them. */
const EXPORT: Grants = {
  'request.export': { request: 'organisation' },
  'account.export': EVERY_ACCOUNT,
  'member.export': { member: 'organisation' },
  'audit.export': { audit_row: 'organisation' },
};

/**
 * The matrix: role x action x resource. What is not listed is refused. Data subjects have no account: what they may do
 * is on the public forms, and in the console it is nothing.
 */
export const MATRIX: Record<Role | 'data_subject', Grants> = {
  admin: {
    ...OVERSIGHT,
    'member.export': { member: 'organisation' },
    'member.invite': { member: 'organisation' },
    'member.change': { member: 'organisation' },
    'api_key.revoke': { api_key: 'organisation' },
    'node.invite': { node: 'organisation' },
    'node.change': { node: 'organisation' },
  },
  dpo: {
    ...OVERSIGHT,
    ...EXPORT,
    'budget.propose': EVERY_ACCOUNT,
    'api_key.revoke': { api_key: 'organisation' },
    'purpose.change': { hospital: 'organisation' },
    'node.admit': { node: 'organisation' },
  },
  compliance_officer: { ...OVERSIGHT, ...EXPORT, 'budget.decide': EVERY_ACCOUNT },
  auditor: { ...OVERSIGHT, ...EXPORT },
  clinician: {
    'request.ask': { request: 'own' },
    'request.read': { request: 'own' },
    'request.export': { request: 'own' },
    'account.read': {
      user_account: 'own',
      department_account: 'department',
      organisation_account: 'organisation',
    },
    'decision.read': { decision: 'own' },
    'budget.ask': { user_account: 'own' },
    'api_key.read': { api_key: 'own' },
    'api_key.create': { api_key: 'own' },
    'api_key.revoke': { api_key: 'own' },
    'settings.read': { settings: 'organisation' },
  },
  node_operator: {
    'node.read': { node: 'hospital' },
    'settings.read': { settings: 'organisation' },
  },
  data_subject: {},
};

/** How far `actor`'s role reaches for an action on a kind of resource; null where it reaches nothing. */
export function scopeOf(
  actor: Pick<PrincipalActor, 'role'>,
  action: Action,
  kind: ResourceKind,
): Scope | null {
  return MATRIX[actor.role][action]?.[kind] ?? null;
}

/** Whether a role does this to anything at all: the first question, before anybody's input is looked at. */
export function mayEver(actor: Pick<PrincipalActor, 'role'>, action: Action): boolean {
  return MATRIX[actor.role][action] !== undefined;
}

/** What of somebody decides what they may do. */
export type Standing = Pick<
  PrincipalActor,
  'userId' | 'organisationId' | 'departmentId' | 'hospitalId' | 'role'
>;

/** The one decision: pages, routes, lists and the router all ask here. */
export function can(actor: Standing, action: Action, resource: Resource): boolean {
  if (resource.organisationId !== actor.organisationId) return false;
  switch (scopeOf(actor, action, resource.kind)) {
    case 'organisation':
      return true;
    case 'department':
      return resource.departmentId === actor.departmentId;
    case 'hospital':
      return actor.hospitalId !== null && resource.hospitalId === actor.hospitalId;
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
  if (foreign || scopeOf(actor, action, resource.kind) !== null) throw new NotFoundError();
  throw new ForbiddenError('Your role does not allow this.');
}
