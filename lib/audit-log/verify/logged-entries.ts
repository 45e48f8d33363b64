import { createHash } from 'node:crypto';
import type { AuditEvent } from '../events.ts';

/** A line of the ledger, as its table has it. */
export type LedgerLine = {
  requestId: string;
  accountId: string;
  kind: string;
  spent: bigint;
  reserved: bigint;
};
type Movements = readonly { accountId: string; rhoPico: string }[];
export type Opened = { kind: string; delta: string; period: string };

/**
 * The ledger's lines as the leaves give them, and how each account was opened. Of a request only the sum of its lines'
 * hashes is kept: what the leaves put in, the ledger's own lines must take out, or something was moved, added or lost.
 */
export class LoggedEntries {
  readonly opened = new Map<string, Opened>();
  readonly #sums = new Map<string, bigint>();
  readonly #open = new Map<string, Movements>();
  /** Leaves of one millisecond have no order among them: a closing may stand before what it closes. */
  readonly #closedFirst = new Map<string, Movements>();

  add(event: AuditEvent): void {
    if (event.type === 'account.open') this.opened.set(event.accountId, event);
    if (event.type === 'ledger.reserve') this.#reserve(event.requestId, event.accounts);
    if (event.type === 'ledger.settle') this.#close(event.requestId, event.accounts);
    if (event.type === 'ledger.release') this.#close(event.requestId, []);
    if (event.type === 'ledger.adjust') {
      for (const { accountId, rhoPico } of event.accounts)
        this.#put({
          requestId: event.requestId,
          accountId,
          kind: 'adjust',
          spent: BigInt(rhoPico),
          reserved: 0n,
        });
    }
  }

  take(line: LedgerLine): void {
    this.#count(line, -1n);
  }

  /** Requests whose lines in the ledger are not those of the log. */
  differing(): string[] {
    return [...this.#sums.keys()];
  }

  #reserve(requestId: string, reserved: Movements): void {
    for (const { accountId, rhoPico } of reserved)
      this.#put({ requestId, accountId, kind: 'reserve', spent: 0n, reserved: BigInt(rhoPico) });
    const charged = this.#closedFirst.get(requestId);
    this.#closedFirst.delete(requestId);
    if (charged) this.#split(requestId, reserved, charged);
    else this.#open.set(requestId, reserved);
  }

  #close(requestId: string, charged: Movements): void {
    const reserved = this.#open.get(requestId);
    this.#open.delete(requestId);
    if (reserved) this.#split(requestId, reserved, charged);
    else this.#closedFirst.set(requestId, charged);
  }

  /** What was charged leaves the reservation as a charge, the rest goes back. */
  #split(requestId: string, reserved: Movements, charged: Movements): void {
    for (const { accountId, rhoPico } of reserved) {
      const charge = BigInt(charged.find((one) => one.accountId === accountId)?.rhoPico ?? 0);
      this.#put({ requestId, accountId, kind: 'settle', spent: charge, reserved: -charge });
      this.#put({ requestId, accountId, kind: 'release', spent: 0n, reserved: charge - BigInt(rhoPico) });
    }
  }

  #put(line: LedgerLine): void {
    this.#count(line, 1n);
  }

  #count({ requestId, accountId, kind, spent, reserved }: LedgerLine, sign: 1n | -1n): void {
    if (spent === 0n && reserved === 0n) return;
    const digest = createHash('sha256')
      .update(`${requestId} ${accountId} ${kind} ${spent} ${reserved}`)
      .digest();
    const next = (this.#sums.get(requestId) ?? 0n) + sign * BigInt(`0x${digest.toString('hex')}`);
    if (next === 0n) this.#sums.delete(requestId);
    else this.#sums.set(requestId, next);
  }
}
