import type { PrincipalActor } from '#lib/actor';
import { currentPeriod } from '#lib/budgets/current-period';
import { visibleAccounts } from '#lib/budgets/visible-accounts';
import type { Database } from '#lib/db/prisma';
import { authorise, scopeOf } from '#lib/identity/permissions';
import { linkOf } from '#lib/nodes/node-link';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';

/** From here on an account is worth a look. */
export const NEAR_CAP = 0.8;
const KEY_NOTICE_MS = 14 * 24 * 60 * 60 * 1000;

export type Need =
  | { kind: 'nodeAway'; id: string; name: string; lastHeardAt: Date | null }
  | {
      kind: 'accountNearCap';
      id: string;
      name: string;
      holder: 'dataset' | 'user' | 'department' | 'organisation';
      usedShare: number;
    }
  | { kind: 'keyExpires'; id: string; name: string; expiresAt: Date }
  | { kind: 'invitationOpen'; id: string; name: string; expiresAt: Date };

/** What calls for somebody, the most pressing kind first. Each is listed only for those who may open what it is about. */
export async function needsOf(db: Database, actor: PrincipalActor, now = new Date()): Promise<Need[]> {
  authorise(actor, 'overview.read', { kind: 'overview', organisationId: actor.organisationId });
  const found = await Promise.all([
    nodesAway(db, actor, now),
    accountsNearCap(db, actor, now),
    keysExpiring(db, actor, now),
    invitationsOpen(db, actor, now),
  ]);
  return found.flat();
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

async function accountsNearCap(db: Database, actor: PrincipalActor, now: Date): Promise<Need[]> {
  const accounts = await db.account.findMany({
    where: { AND: [visibleAccounts(actor), { period: currentPeriod(now), state: 'open' }] },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  });
  return accounts.flatMap(({ id, name, kind, capRhoPico, spentRhoPico, reservedRhoPico }) => {
    const cap = rhoPicoToNumber(capRhoPico);
    const usedShare = cap === 0 ? 1 : rhoPicoToNumber(spentRhoPico + reservedRhoPico) / cap;
    return usedShare > NEAR_CAP ? [{ kind: 'accountNearCap', id, name, holder: kind, usedShare }] : [];
  });
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
