import type { SessionActor } from '#lib/actor';
import { accountResource } from '#lib/budgets/account-resource';
import type { Database } from '#lib/db/prisma';
import { type Action, can, type Resource } from '#lib/identity/permissions';
import type { LiveChange } from './live-event.ts';

/** A change with whom it belongs to, so that each reader's right to it is decided without asking the database again. */
export type OwnedChange = LiveChange & { resource: Resource };

const ACTIONS: Record<LiveChange['type'], Action> = {
  request: 'request.read',
  account: 'account.read',
  decision: 'decision.read',
  node: 'node.read',
  member: 'member.read',
  api_key: 'api_key.read',
  settings: 'settings.read',
  alert: 'alert.read',
};

/** Stands for the organisation of what is everybody's who may see such things at all. */
const EVERYBODY = 'everybody';

/** The changes that `actor` could open the things of. What is somebody else's leaves no trace, not even a count. */
export function visibleChanges(actor: SessionActor, changes: readonly OwnedChange[]): LiveChange[] {
  return changes.filter((change) => isVisible(actor, change)).map(({ type, id }) => ({ type, id }));
}

function isVisible(actor: SessionActor, { type, resource }: OwnedChange): boolean {
  if (can(actor, ACTIONS[type], resource)) return true;
  const { organisationId } = actor;
  if (resource.organisationId === EVERYBODY)
    return can(actor, ACTIONS[type], { ...resource, organisationId });
  // Of every node that takes part some facts are public within the federation.
  return type === 'node' && can(actor, 'federation.read', { kind: 'federation', organisationId });
}

/** How a change is named in a leaf, which for a person is by pseudonym and not by the id that readers are told. */
export const nameOf = ({ type, id }: LiveChange): string => `${type} ${id}`;

/**
 * Finds out whom the changes belong to, by their names: one query a kind. A thing that is gone belongs to nobody and is
 * left out.
 */
export async function ownersOf(
  db: Database,
  changes: readonly LiveChange[],
): Promise<Map<string, OwnedChange>> {
  const ids = (type: LiveChange['type']) => [
    ...new Set(changes.filter((change) => change.type === type).map((change) => change.id)),
  ];
  const found = await Promise.all(
    FINDERS.map(async ({ type, find }) => {
      const wanted = ids(type);
      return wanted.length === 0 ? [] : (await find(db, wanted)).map((one) => ({ type, ...one }));
    }),
  );
  return new Map(
    found
      .flat()
      .map(({ type, id, named = id, resource }) => [nameOf({ type, id: named }), { type, id, resource }]),
  );
}

/** `named`: what the leaf calls it, where that is not its id. */
type Found = { id: string; named?: string; resource: Resource };
type Finder = { type: LiveChange['type']; find: (db: Database, ids: string[]) => Promise<Found[]> };

const FINDERS: Finder[] = [
  {
    type: 'request',
    find: async (db, ids) => {
      const select = { id: true, organisationId: true, departmentId: true, userId: true };
      const rows = await db.request.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, ...owner }) => ({ id, resource: { ...owner, kind: 'request' } }));
    },
  },
  {
    type: 'account',
    find: async (db, ids) => {
      const select = { id: true, kind: true, ownerId: true, organisationId: true };
      const rows = await db.account.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, ...account }) => ({ id, resource: accountResource(account) }));
    },
  },
  {
    // Changes to budgets and admissions of nodes, which are for those who oversee them, and requests for more, which are somebody's.
    type: 'decision',
    find: async (db, ids) => {
      const where = { id: { in: ids } };
      const [changes, increases, admissions] = await Promise.all([
        db.budgetChange.findMany({ where, select: { id: true, organisationId: true } }),
        db.budgetRequest.findMany({ where, select: { id: true, organisationId: true, userId: true } }),
        db.nodeAdmission.findMany({ where, select: { id: true, organisationId: true } }),
      ]);
      return [...changes, ...increases, ...admissions].map(
        ({ id, ...owner }): Found => ({
          id,
          resource: { ...owner, kind: 'decision' },
        }),
      );
    },
  },
  {
    type: 'node',
    find: async (db, ids) => {
      const select = { id: true, hospitalId: true, hospital: { select: { organisationId: true } } };
      const rows = await db.node.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, hospitalId, hospital }) => ({
        id,
        resource: { kind: 'node', organisationId: hospital.organisationId, hospitalId },
      }));
    },
  },
  {
    // Members, by what the log calls them, and invitations of those who are to become one.
    type: 'member',
    find: async (db, names) => {
      const [users, invitations] = await Promise.all([
        db.user.findMany({
          where: { pseudonym: { in: names } },
          select: { id: true, pseudonym: true, organisationId: true, departmentId: true },
        }),
        db.invitation.findMany({
          where: { id: { in: names } },
          select: { id: true, organisationId: true },
        }),
      ]);
      return [
        ...users.map(
          ({ id, pseudonym, ...owner }): Found => ({
            id,
            named: pseudonym,
            resource: { ...owner, kind: 'member', userId: id },
          }),
        ),
        ...invitations.map(({ id, ...owner }): Found => ({ id, resource: { ...owner, kind: 'member' } })),
      ];
    },
  },
  {
    type: 'api_key',
    find: async (db, ids) => {
      const select = { id: true, organisationId: true, userId: true };
      const rows = await db.apiKey.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, ...owner }) => ({ id, resource: { ...owner, kind: 'api_key' } }));
    },
  },
  {
    // The whole federation's alerts have no organisation.
    type: 'alert',
    find: async (db, ids) => {
      const select = { id: true, organisationId: true };
      const rows = await db.alert.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, organisationId }) => ({
        id,
        resource: { kind: 'alert', organisationId: organisationId ?? EVERYBODY },
      }));
    },
  },
  {
    // A hospital's purposes are its organisation's settings.
    type: 'settings',
    find: async (db, ids) => {
      const select = { id: true, organisationId: true };
      const rows = await db.hospital.findMany({ where: { id: { in: ids } }, select });
      return rows.map(({ id, organisationId }) => ({ id, resource: { kind: 'settings', organisationId } }));
    },
  },
];
