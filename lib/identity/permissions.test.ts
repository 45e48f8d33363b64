import { describe, expect, it } from 'vitest';
import { ROLES, type Role, type SessionActor } from '../actor.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import {
  ACTIONS,
  authorise,
  can,
  MATRIX,
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
} from './permissions.ts';

const actor = (role: Role): SessionActor => ({
  kind: 'session',
  sessionId: 's',
  userId: 'me',
  organisationId: 'here',
  departmentId: 'ward',
  hospitalId: role === 'node_operator' ? 'site' : null,
  role,
});

const mine = (kind: ResourceKind): Resource => ({
  kind,
  organisationId: 'here',
  departmentId: 'ward',
  hospitalId: 'site',
  userId: 'me',
});
const OWNERS: Record<string, (kind: ResourceKind) => Resource> = {
  mine,
  colleague: (kind) => ({ ...mine(kind), userId: 'colleague' }),
  otherWard: (kind) => ({ ...mine(kind), userId: 'colleague', departmentId: 'theatre' }),
  otherSite: (kind) => ({ ...mine(kind), userId: 'colleague', hospitalId: 'annexe' }),
  ownerless: (kind) => ({ kind, organisationId: 'here' }),
  elsewhere: (kind) => ({ ...mine(kind), organisationId: 'elsewhere' }),
};
/** Everyone's but another organisation's. */
const anyones = (...grants: string[]) =>
  grants.flatMap((grant) =>
    ['mine', 'colleague', 'otherWard', 'otherSite', 'ownerless'].map((owner) => `${grant} ${owner}`),
  );

/** Written out by hand, so that a slip in the matrix and a slip here would have to agree. */
const OVERSIGHT = anyones(
  'overview.read overview',
  'request.read request',
  'account.read user_account',
  'account.read department_account',
  'account.read organisation_account',
  'account.read dataset_account',
  'decision.read decision',
  'federation.read federation',
  'node.read node',
  'member.read member',
  'api_key.read api_key',
  'settings.read settings',
  'privacy_audit.read privacy_audit',
  'audit.read audit_row',
  'alert.read alert',
);
const EXPORT = anyones(
  'request.export request',
  'account.export user_account',
  'account.export department_account',
  'account.export organisation_account',
  'account.export dataset_account',
  'member.export member',
  'audit.export audit_row',
);
const ACCOUNTS = ['user', 'department', 'organisation', 'dataset'];
const onAccounts = (action: string) => anyones(...ACCOUNTS.map((kind) => `${action} ${kind}_account`));
const ALLOWED: Record<Role, string[]> = {
  clinician: [
    'request.ask request mine',
    'request.read request mine',
    'request.export request mine',
    'account.read user_account mine',
    'account.read department_account mine',
    'account.read department_account colleague',
    'account.read department_account otherSite',
    ...anyones('account.read organisation_account', 'settings.read settings'),
    'decision.read decision mine',
    'budget.ask user_account mine',
    'api_key.read api_key mine',
    'api_key.create api_key mine',
    'api_key.revoke api_key mine',
  ],
  admin: [
    ...OVERSIGHT,
    ...anyones('member.export member', 'member.invite member'),
    ...anyones('member.change member', 'api_key.revoke api_key', 'node.invite node', 'node.change node'),
  ],
  dpo: [
    ...OVERSIGHT,
    ...EXPORT,
    ...onAccounts('budget.propose'),
    ...anyones('api_key.revoke api_key', 'purpose.change hospital', 'node.admit node'),
  ],
  compliance_officer: [...OVERSIGHT, ...EXPORT, ...onAccounts('budget.decide')],
  auditor: [...OVERSIGHT, ...EXPORT],
  node_operator: [
    'node.read node mine',
    'node.read node colleague',
    'node.read node otherWard',
    ...anyones('settings.read settings'),
  ],
};

describe('the permission matrix', () => {
  it.each(ROLES)('%s may do exactly what is listed', (role) => {
    const allowed: string[] = [];
    for (const action of ACTIONS)
      for (const kind of RESOURCE_KINDS)
        for (const [owner, make] of Object.entries(OWNERS))
          if (can(actor(role), action, make(kind))) allowed.push(`${action} ${kind} ${owner}`);
    expect(allowed.toSorted()).toEqual(ALLOWED[role].toSorted());
  });

  it('gives a data subject nothing in the console', () => {
    expect(MATRIX.data_subject).toEqual({});
  });

  it('says "not there" for another organisation and for another person, "not allowed" for the wrong role', () => {
    const elsewhere = OWNERS.elsewhere!('request');
    expect(() => authorise(actor('dpo'), 'request.read', elsewhere)).toThrow(NotFoundError);
    expect(() => authorise(actor('node_operator'), 'request.read', elsewhere)).toThrow(NotFoundError);
    expect(() => authorise(actor('clinician'), 'request.read', OWNERS.colleague!('request'))).toThrow(
      NotFoundError,
    );
    expect(() => authorise(actor('auditor'), 'request.ask', mine('request'))).toThrow(ForbiddenError);
    expect(() => authorise(actor('clinician'), 'account.read', mine('dataset_account'))).toThrow(
      ForbiddenError,
    );
    expect(() => authorise(actor('clinician'), 'request.ask', mine('request'))).not.toThrow();
  });
});
