import type { PrincipalActor } from '#lib/actor';
import { firingAlerts } from '#lib/alerts/firing-alerts';
import type { Database } from '#lib/db/prisma';
import { authorise, scopeOf } from '#lib/identity/permissions';
import { linkOf } from '#lib/nodes/node-link';
import { accountNeeds } from './account-needs.ts';
import { decisionNeeds } from './decision-needs.ts';

const KEY_NOTICE_MS = 14 * 24 * 60 * 60 * 1000;

export type Need =
  | { kind: 'alert'; id: string; name: string; severity: 'critical' | 'warning' | 'info'; raisedAt: Date }
  | { kind: 'changeProposed'; id: string; name: string; at: Date }
  | { kind: 'admissionProposed'; id: string; name: string; at: Date }
  | { kind: 'moreAsked'; id: string; name: string; at: Date }
  | { kind: 'nodeAway'; id: string; name: string; lastHeardAt: Date | null }
  | {
      kind: 'account';
      id: string;
      name: string;
      holder: 'dataset' | 'user' | 'department' | 'organisation';
      usedShare: number;
      /** The day (UTC) by which it more likely than not has run out; null where that is not before the period ends. */
      runsOutOn: string | null;
      /** Not even one more default question fits. */
      usedUp: boolean;
    }
  | { kind: 'keyExpires'; id: string; name: string; expiresAt: Date }
  | { kind: 'invitationOpen'; id: string; name: string; expiresAt: Date };

/**
 * What calls for somebody, the most pressing kind first. Each is listed only for those who may open what it is about.
 * `priceRhoPico`: a default question's, below which a budget counts as used up.
 */
export async function needsOf(
  db: Database,
  actor: PrincipalActor,
  priceRhoPico: bigint,
  now = new Date(),
): Promise<Need[]> {
  authorise(actor, 'overview.read', { kind: 'overview', organisationId: actor.organisationId });
  const found = await Promise.all([
    alertsFiring(db, actor),
    decisionNeeds(db, actor),
    nodesAway(db, actor, now),
    accountNeeds(db, actor, priceRhoPico, now),
    keysExpiring(db, actor, now),
    invitationsOpen(db, actor, now),
  ]);
  return found.flat();
}

/** By code: the words are the page's. */
async function alertsFiring(db: Database, actor: PrincipalActor): Promise<Need[]> {
  if (scopeOf(actor, 'alert.read', 'alert') === null) return [];
  const alerts = await firingAlerts(db, actor);
  return alerts.map(({ id, code, severity, raisedAt }) => ({
    kind: 'alert',
    id,
    name: code,
    severity,
    raisedAt,
  }));
}

async function nodesAway(db: Database, actor: PrincipalActor, now: Date): Promise<Need[]> {
  if (scopeOf(actor, 'node.read', 'node') !== 'organisation') return [];
  const nodes = await db.node.findMany({
    where: { state: 'admitted', hospital: { organisationId: actor.organisationId } },
    orderBy: { name: 'asc' },
    include: { status: true },
  });
  return nodes
    .filter((node) => linkOf(node.status, now) !== 'connected')
    .map(({ id, name, status, lastConnectedAt }) => ({
      kind: 'nodeAway',
      id,
      name,
      lastHeardAt: status?.probedAt ?? lastConnectedAt,
    }));
}

async function keysExpiring(db: Database, actor: PrincipalActor, now: Date): Promise<Need[]> {
  if (scopeOf(actor, 'api_key.read', 'api_key') !== 'organisation') return [];
  const keys = await db.apiKey.findMany({
    where: {
      organisationId: actor.organisationId,
      revokedAt: null,
      user: { disabledAt: null },
      expiresAt: { gt: now, lte: new Date(now.getTime() + KEY_NOTICE_MS) },
    },
    orderBy: { expiresAt: 'asc' },
    select: { id: true, name: true, expiresAt: true },
  });
  return keys.flatMap(({ id, name, expiresAt }) =>
    expiresAt ? [{ kind: 'keyExpires', id, name, expiresAt }] : [],
  );
}

async function invitationsOpen(db: Database, actor: PrincipalActor, now: Date): Promise<Need[]> {
  if (scopeOf(actor, 'member.invite', 'member') !== 'organisation') return [];
  const open = await db.invitation.findMany({
    where: {
      organisationId: actor.organisationId,
      acceptedAt: null,
      withdrawnAt: null,
      expiresAt: { gt: now },
    },
    orderBy: { expiresAt: 'asc' },
    select: { id: true, name: true, expiresAt: true },
  });
  return open.map((row) => ({ kind: 'invitationOpen', ...row }));
}
