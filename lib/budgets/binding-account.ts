import { parseRho } from '#lib/privacy/pico-rho';
import type { AccountView } from './account-view.ts';

type Holder = Pick<AccountView, 'kind' | 'remainingRho'>;

/**
 * The account with the least rho left, since every account that a question touches is debited the same. For a person
 * it is the one that will refuse first. For an overseer, people and departments do not bind each other, so their quotas
 * are left out wherever an account that many draw on (dataset, organisation) is in view. A dataset is touched only by
 * the questions that ask its hospital, and by those of other organisations too.
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
