import type { AuditEvent } from '../events.ts';

export type Tallied = {
  spent: bigint;
  reserved: bigint;
  /** Null where the log never said that the account was opened. */
  cap: bigint | null;
  state: string;
};

type Movement = { accountId: string; rhoPico: string };

/** What the leaves say of every account: charged, set aside by requests that are not closed yet, its cap and its state. */
export class LedgerTally {
  readonly accounts = new Map<string, Tallied>();
  readonly #open = new Map<string, readonly Movement[]>();
  /** Leaves of one millisecond have no order among them: a closing may stand before what it closes. */
  readonly #closedFirst = new Set<string>();

  add(event: AuditEvent): void {
    switch (event.type) {
      case 'ledger.reserve':
        this.#reserve(event.requestId, event.accounts);
        break;
      case 'ledger.settle':
        this.#close(event.requestId);
        this.#charge(event.accounts);
        break;
      case 'ledger.release':
        this.#close(event.requestId);
        break;
      case 'ledger.adjust':
        this.#charge(event.accounts);
        break;
      case 'ledger.restored':
        for (const accountId of event.frozen) this.#of(accountId).state = 'frozen';
        break;
      case 'account.open':
        this.#of(event.accountId).cap = BigInt(event.capRhoPico);
        break;
      case 'account.frozen':
        this.#of(event.accountId).state = 'frozen';
        break;
      case 'budget.change_approved':
        Object.assign(this.#of(event.accountId), {
          cap: BigInt(event.after.capRhoPico),
          state: event.after.state,
        });
        break;
    }
  }

  #reserve(requestId: string, movements: readonly Movement[]): void {
    if (this.#closedFirst.delete(requestId)) return;
    this.#open.set(requestId, movements);
    for (const { accountId, rhoPico } of movements) this.#of(accountId).reserved += BigInt(rhoPico);
  }

  #close(requestId: string): void {
    const movements = this.#open.get(requestId);
    if (!movements) return void this.#closedFirst.add(requestId);
    this.#open.delete(requestId);
    for (const { accountId, rhoPico } of movements) this.#of(accountId).reserved -= BigInt(rhoPico);
  }

  #charge(movements: readonly Movement[]): void {
    for (const { accountId, rhoPico } of movements) this.#of(accountId).spent += BigInt(rhoPico);
  }

  #of(accountId: string): Tallied {
    const known = this.accounts.get(accountId) ?? { spent: 0n, reserved: 0n, cap: null, state: 'open' };
    this.accounts.set(accountId, known);
    return known;
  }
}
