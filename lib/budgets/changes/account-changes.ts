import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { can } from '#lib/identity/permissions';
import { accountResource } from '../account-resource.ts';
import { periodBounds } from '../period-bounds.ts';
import { holderStanding, patientsOf } from './holder-standing.ts';
import { listChanges } from './list-changes.ts';

/**
 * What was proposed and decided about one account, and how it stands before another proposal where `actor` may make
 * one. The caller has authorised the account.
 */
export async function accountChanges(db: Database, actor: PrincipalActor, accountId: string, now: Date) {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { kind: holderKind, ownerId, period, state } = account;
  const { waiting, decided } = await listChanges(db, actor, { holderKind, ownerId, period });
  const mayPropose =
    can(actor, 'budget.propose', accountResource(account)) &&
    state !== 'closed' &&
    waiting.length === 0 &&
    periodBounds(period).end > now;
  return {
    waiting,
    decided,
    proposable: mayPropose
      ? {
          standing: await holderStanding(db, { ...account, holderKind }, account.delta, now),
          patients: await patientsOf(db, { holderKind, ownerId }),
        }
      : null,
  };
}
