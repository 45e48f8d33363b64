import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { Account, BudgetChange } from '#lib/db/generated/client';
import type { PrismaTransaction } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { ConflictError, NotFoundError, UnprocessableError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { accountResource } from '../account-resource.ts';
import { currentPeriod } from '../current-period.ts';
import { periodBounds } from '../period-bounds.ts';
import { findHolder } from './find-holder.ts';
import { lockAccount } from './lock-account.ts';
import { findOwed } from './owed.ts';
import { requireCapAboveUsed } from './require-cap-above-used.ts';
import { requireOwedFits } from './require-owed-fits.ts';
import type { Propose } from './schemas.ts';

export type WantedChange = Pick<
  BudgetChange,
  'accountId' | 'holderKind' | 'ownerId' | 'name' | 'period' | 'fromRhoPico' | 'toRhoPico' | 'delta'
>;

/** What is proposed, held against how things are. Throws where the actor may not, or it makes no sense now. */
export async function wantedChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  propose: Propose,
  now: Date,
): Promise<WantedChange> {
  if (propose.kind === 'open') return wantedAccount(tx, actor, propose, now);
  const account = await accountToChange(tx, actor, propose.accountId, now);
  const { id: accountId, kind: holderKind, ownerId, name, period, delta, capRhoPico } = account;
  const base = { accountId, holderKind, ownerId, name, period, delta, fromRhoPico: capRhoPico };
  if (propose.kind === 'cap') {
    const toRhoPico = rhoFromEpsilon(propose.epsilon, Number(delta));
    if (toRhoPico === capRhoPico) throw nothingToChange('This is the cap already.');
    requireCapAboveUsed(account, toRhoPico, (await findOwed(tx, account)).rhoPico);
    return { ...base, toRhoPico };
  }
  const needed = propose.kind === 'freeze' ? 'open' : 'frozen';
  if (account.state !== needed) throw nothingToChange(`This budget is ${account.state}.`);
  if (propose.kind === 'thaw') requireOwedFits(account, (await findOwed(tx, account)).rhoPico);
  return { ...base, toRhoPico: null };
}

async function accountToChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  id: string,
  now: Date,
): Promise<Account> {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const seen = await tx.account.findUnique({ where: { id } });
  if (!seen) throw new NotFoundError();
  // Before the lock: nobody waits for, or holds up, an account that is not theirs. Whose it is never changes.
  authorise(actor, 'budget.propose', accountResource(seen));
  const account = await lockAccount(tx, id);
  requireRunning(account.period, now);
  if (account.state === 'closed') throw nothingToChange('This budget is closed.');
  return account;
}

async function wantedAccount(
  tx: PrismaTransaction,
  actor: SessionActor,
  { holderKind, ownerId, period, epsilon }: Propose & { kind: 'open' },
  now: Date,
): Promise<WantedChange> {
  const { organisationId } = actor;
  authorise(actor, 'budget.propose', accountResource({ kind: holderKind, organisationId, ownerId }));
  const name = await findHolder(tx, organisationId, holderKind, ownerId);
  requireRunning(period, now);
  if (Number(period) > Number(currentPeriod(now)) + 1) {
    throw new UnprocessableError('Budgets are opened for this year and the next.', {
      code: 'period_too_far',
      param: 'period',
    });
  }
  const known = await tx.account.findMany({
    where: { kind: holderKind, ownerId },
    orderBy: { period: 'desc' },
  });
  if (known.some((account) => account.period === period))
    throw nothingToChange('This budget is open already.');
  // What a holder's periods compose to is stated at one delta.
  const delta = known[0]?.delta ?? String(privacyEnv().FEDERATED_DELTA);
  const toRhoPico = rhoFromEpsilon(epsilon, Number(delta));
  const owed = await findOwed(tx, { id: null, kind: holderKind, ownerId, period });
  requireCapAboveUsed({ spentRhoPico: 0n, reservedRhoPico: 0n }, toRhoPico, owed.rhoPico);
  return { accountId: null, holderKind, ownerId, name, period, delta, fromRhoPico: null, toRhoPico };
}

function requireRunning(period: string, now: Date): void {
  if (periodBounds(period).end > now) return;
  throw new UnprocessableError(`The period ${period} is over: its budgets are what they were.`, {
    code: 'period_over',
  });
}

function nothingToChange(message: string): ConflictError {
  return new ConflictError(message, { code: 'nothing_to_change' });
}
