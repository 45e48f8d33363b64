import type { PrincipalActor } from '#lib/actor';
import { accountResource } from '#lib/budgets/account-resource';
import type { Database } from '#lib/db/prisma';
import { can, scopeOf } from '#lib/identity/permissions';
import { mayReadReason } from './may-read-reason.ts';
import { namedIds } from './named-ids.ts';
import type { LoggedRow } from './read-rows.ts';

/** What an id is called, and where its page is; null where it has none for this person. */
export type Named = {
  name: string;
  href: string | null;
  /** Of a change that needed two people: what each of them gave as the reason. */
  reasons?: { proposed: string; decided: string | null };
};
export type Names = Record<string, Named>;

/**
 * The names behind the ids of some rows, as far as they are the actor's to see: the organisation's own, and of others
 * what every node of the federation shows of itself. What is not here stays an id.
 */
export async function namesIn(
  db: Database,
  actor: PrincipalActor,
  rows: readonly Pick<LoggedRow, 'entry' | 'actor'>[],
): Promise<Names> {
  const ids = namedIds(rows.map((row) => row.entry));
  const people = [...new Set([...ids.person, ...rows.flatMap((row) => row.actor ?? [])])];
  const { organisationId } = actor;
  const own = (wanted: string[]) => ({ organisationId, id: { in: wanted } });
  const [
    users,
    accounts,
    nodes,
    hospitals,
    departments,
    organisations,
    datasets,
    keys,
    invitations,
    reasons,
    requests,
    changes,
  ] = await Promise.all([
    db.user.findMany({
      where: { organisationId, pseudonym: { in: people } },
      select: { id: true, pseudonym: true, name: true, departmentId: true },
    }),
    db.account.findMany({
      where: own(ids.account),
      select: { id: true, name: true, period: true, kind: true, ownerId: true, organisationId: true },
    }),
    db.node.findMany({
      where: { id: { in: ids.node } },
      select: {
        id: true,
        name: true,
        hospitalId: true,
        hospital: { select: { organisationId: true } },
      },
    }),
    db.hospital.findMany({ where: own(ids.hospital), select: { id: true, name: true } }),
    db.department.findMany({ where: own(ids.department), select: { id: true, name: true } }),
    db.organisation.findMany({
      where: { AND: [{ id: organisationId }, { id: { in: ids.organisation } }] },
      select: { id: true, name: true },
    }),
    db.node.findMany({
      where: { datasetId: { in: ids.dataset }, hospital: { organisationId } },
      select: { datasetId: true, hospital: { select: { name: true } } },
    }),
    db.apiKey.findMany({
      where: own(ids.api_key),
      select: { id: true, name: true, userId: true },
    }),
    db.invitation.findMany({ where: own(ids.invitation), select: { id: true, name: true } }),
    db.changeReason.findMany({
      where: own(ids.reason),
      select: { id: true, type: true, reason: true },
    }),
    db.request.findMany({
      where: own(ids.request),
      select: { id: true, organisationId: true, departmentId: true, userId: true },
    }),
    db.budgetChange.findMany({
      where: own(ids.change),
      select: { id: true, name: true, period: true, reason: true, decisionReason: true },
    }),
  ]);
  const member = can(actor, 'member.read', { kind: 'member', organisationId });
  const decisions = can(actor, 'decision.read', { kind: 'decision', organisationId });
  const federation = scopeOf(actor, 'federation.read', 'federation') !== null;
  const entries: [string, Named][] = [
    ...users
      .filter(() => member)
      .map(({ id, pseudonym, name }): [string, Named] => [pseudonym, { name, href: `/members?peek=${id}` }]),
    ...accounts
      .filter((account) => can(actor, 'account.read', accountResource(account)))
      .map(({ id, name, period }): [string, Named] => [
        id,
        { name: `${name}, ${period}`, href: `/budgets/${id}` },
      ]),
    ...nodes.flatMap(({ id, name, hospitalId, hospital }): [string, Named][] => {
      const open = can(actor, 'node.read', {
        kind: 'node',
        organisationId: hospital.organisationId,
        hospitalId,
      });
      return open || federation ? [[id, { name, href: open ? `/nodes/${id}` : null }]] : [];
    }),
    ...hospitals.map(({ id, name }): [string, Named] => [id, { name, href: '/settings' }]),
    ...departments.map(({ id, name }): [string, Named] => [id, { name, href: null }]),
    ...organisations.map(({ id, name }): [string, Named] => [id, { name, href: null }]),
    ...datasets.map(({ datasetId, hospital }): [string, Named] => [
      datasetId,
      { name: hospital.name, href: null },
    ]),
    ...keys
      .filter(({ userId }) => can(actor, 'api_key.read', { kind: 'api_key', organisationId, userId }))
      .map(({ id, name }): [string, Named] => [id, { name, href: '/keys' }]),
    ...invitations
      .filter(() => member)
      .map(({ id, name }): [string, Named] => [id, { name, href: '/members' }]),
    ...reasons
      .filter(({ type }) => mayReadReason(actor, type))
      .map(({ id, reason }): [string, Named] => [id, { name: reason, href: null }]),
    ...requests
      .filter((request) => can(actor, 'request.read', { ...request, kind: 'request' }))
      .map(({ id }): [string, Named] => [id, { name: id, href: `/requests/${id}` }]),
    ...changes
      .filter(() => decisions)
      .map(({ id, name, period, reason, decisionReason }): [string, Named] => [
        id,
        {
          name: `${name}, ${period}`,
          href: `/decisions/${id}`,
          reasons: { proposed: reason, decided: decisionReason },
        },
      ]),
  ];
  return Object.fromEntries(entries);
}
