import type { AccountKind, Owner } from '#lib/ledger/accounts';
import type { NewAccount } from '#lib/ledger/open-account';

/** What every account has left while a history is planned, so that it asks for nothing its ledger would refuse. */
export class Balances {
  readonly #left = new Map<string, bigint>();

  constructor(accounts: readonly NewAccount[]) {
    for (const { kind, ownerId, period, capRhoPico } of accounts)
      this.#left.set(keyOf(kind, ownerId, period), capRhoPico);
  }

  left({ kind, ownerId }: Owner, period: string): bigint {
    const left = this.#left.get(keyOf(kind, ownerId, period));
    if (left === undefined) throw new Error(`the history knows no ${kind} account ${ownerId} of ${period}`);
    return left;
  }

  spend(owners: readonly Owner[], period: string, rhoPico: bigint): void {
    for (const owner of owners)
      this.#left.set(keyOf(owner.kind, owner.ownerId, period), this.left(owner, period) - rhoPico);
  }
}

const keyOf = (kind: AccountKind, ownerId: string, period: string) => `${kind}/${ownerId}/${period}`;
