import { type Account, remainingRhoPico } from '../accounts.ts';

/** What a batch changes of one account. */
export type Change = { accountId: string; spentRhoPico: bigint; reservedRhoPico: bigint };

/** The locked accounts of a batch as they stand after the moves that were entered so far, in the order of their arrival. */
export class Books {
  readonly #found: ReadonlyMap<string, Account>;
  readonly #now = new Map<string, Account>();

  constructor(accounts: ReadonlyMap<string, Account>) {
    this.#found = accounts;
  }

  /** How an account stands now; undefined when there is none of this id. */
  at(accountId: string): Readonly<Account> | undefined {
    return this.#now.get(accountId) ?? this.#found.get(accountId);
  }

  bears(accountId: string, rhoPico: bigint): boolean {
    const account = this.at(accountId);
    return account?.state === 'open' && remainingRhoPico(account) >= rhoPico;
  }

  enter({ accountId, spentRhoPico, reservedRhoPico }: Change): Readonly<Account> {
    let account = this.#now.get(accountId);
    if (!account) {
      const found = this.#found.get(accountId);
      if (!found) throw new Error('an account of this batch is not locked');
      account = { ...found };
      this.#now.set(accountId, account);
    }
    account.spentRhoPico += spentRhoPico;
    account.reservedRhoPico += reservedRhoPico;
    return account;
  }

  /** The net change of every account that does not stand as it was found. */
  changes(): Change[] {
    return [...this.#now.values()]
      .map((now) => {
        const found = this.#found.get(now.id)!;
        return {
          accountId: now.id,
          spentRhoPico: now.spentRhoPico - found.spentRhoPico,
          reservedRhoPico: now.reservedRhoPico - found.reservedRhoPico,
        };
      })
      .filter((change) => change.spentRhoPico !== 0n || change.reservedRhoPico !== 0n);
  }
}
