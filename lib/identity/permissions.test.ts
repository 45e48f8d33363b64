import { describe, expect, it } from 'vitest';
import { ROLES, type Role, type SessionActor } from '../actor.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import {
  type Action,
  authorise,
  can,
  RESOURCE_KINDS,
  type Resource,
  type ResourceKind,
} from './permissions.ts';

const ACTIONS: Action[] = ['request.ask', 'request.read', 'account.read'];
const actor = (role: Role): SessionActor => ({
  kind: 'session',
  sessionId: 's',
  userId: 'me',
  organisationId: 'here',
  departmentId: 'ward',
  role,
});

const mine = (kind: ResourceKind): Resource => ({
  kind,
  organisationId: 'here',
  departmentId: 'ward',
  userId: 'me',
});
const OWNERS: Record<string, (kind: ResourceKind) => Resource> = {
  mine,
  colleague: (kind) => ({ ...mine(kind), userId: 'colleague' }),
  otherWard: (kind) => ({ ...mine(kind), userId: 'colleague', departmentId: 'theatre' }),
  ownerless: (kind) => ({ kind, organisationId: 'here' }),
  elsewhere: (kind) => ({ ...mine(kind), organisationId: 'elsewhere' }),
};

/** Written out by hand, so that a slip in the matrix and a slip here would have to agree. */
const OVERSIGHT = ['mine', 'colleague', 'otherWard', 'ownerless'].flatMap((owner) => [
  `request.read request ${owner}`,
  `account.read user_account ${owner}`,
  `account.read department_account ${owner}`,
  `account.read organisation_account ${owner}`,
  `account.read dataset_account ${owner}`,
]);
const ALLOWED: Record<Role, string[]> = {
  clinician: [
    'request.ask request mine',
    'request.read request mine',
    'account.read user_account mine',
    'account.read department_account mine',
    'account.read department_account colleague',
    'account.read organisation_account mine',
    'account.read organisation_account colleague',
    'account.read organisation_account otherWard',
    'account.read organisation_account ownerless',
  ],
  admin: OVERSIGHT,
  dpo: OVERSIGHT,
  compliance_officer: OVERSIGHT,
  auditor: OVERSIGHT,
  node_operator: [],
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
