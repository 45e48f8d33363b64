import { parseRho } from '#lib/privacy/pico-rho';
import type { AccountView } from './account-view.ts';

type Holder = Pick<AccountView, 'kind' | 'remainingRho'>;

/**
 * The account that will refuse a question first: the one with the least rho left, since every account a question
 * touches is debited the same. For an overseer, people and departments do not bind each other, so their quotas are
 * left out wherever an account that every question touches (dataset, organisation) is in view.
 */
export function bindingAccount<T extends Holder>(accounts: readonly T[], overseer: boolean): T | null {
  const shared = accounts.filter((account) => account.kind === 'dataset' || account.kind === 'organisation');
  const candidates = overseer && shared.length > 0 ? shared : accounts;
  return candidates.reduce<T | null>(
    (least, account) =>
      least === null || parseRho(account.remainingRho) < parseRho(least.remainingRho) ? account : least,
    null,
  );
}

/** How many more questions of this price fit into what is left. */
export function questionsLeft(remainingRho: string, priceRhoPico: bigint): bigint {
  return priceRhoPico > 0n ? parseRho(remainingRho) / priceRhoPico : 0n;
}
