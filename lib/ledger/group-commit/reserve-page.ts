import { newLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import { ExhaustedError } from '#lib/errors';
import { formatRho } from '#lib/privacy/pico-rho';
import { remainingRhoPico } from '../accounts.ts';
import { leafTimeMs } from '../leaf-time.ts';
import type { Reservation, ReserveOutcome } from '../reserve.ts';
import type { Books } from './books.ts';
import type { Page } from './page.ts';
import type { Stock } from './take-stock.ts';

/** @throws ExhaustedError when an account cannot bear it. */
export function reservePage(
  reservation: Reservation,
  { inserted }: Stock,
  books: Books,
  at: Date | null,
): { result: ReserveOutcome; page: Page | null } {
  const { requestId, accountIds, rhoPico, mechanism } = reservation;
  if (!inserted.has(requestId)) return { result: 'exists', page: null };
  const isBorne = accountIds.every((accountId) => books.bears(accountId, rhoPico));
  if (!isBorne || new Set(accountIds).size !== accountIds.length) throw exhausted(books, reservation);
  const parametersJson = JSON.stringify(reservation.parameters);
  const page: Page = {
    entries: accountIds.map((accountId) => ({
      requestId,
      accountId,
      kind: 'reserve',
      spentRhoPico: 0n,
      reservedRhoPico: rhoPico,
      mechanism,
      parametersJson,
    })),
    leaf: newLeaf(eventOf(reservation, at), requestId),
    closed: null,
    receipts: [],
    needsReceipts: false,
  };
  return { result: 'reserved', page };
}

function eventOf(r: Reservation, at: Date | null): AuditEvent {
  return {
    v: 1,
    atMs: leafTimeMs(at),
    type: 'ledger.reserve',
    requestId: r.requestId,
    principal: r.pseudonym,
    mechanism: r.mechanism,
    parameters: r.parameters,
    accounts: r.accountIds.map((accountId) => ({ accountId, rhoPico: String(r.rhoPico) })),
  };
}

/** Names and measures the account that is short, unless it is a dataset: how those stand is their hospital's to know. */
function exhausted(books: Books, { accountIds, rhoPico }: Reservation): ExhaustedError {
  const code = 'privacy_budget_exhausted';
  const required = formatRho(rhoPico);
  const short = accountIds
    .toSorted()
    .map((accountId) => books.at(accountId))
    .find((account) => account && !books.bears(account.id, rhoPico));
  if (!short || short.kind === 'dataset') {
    const message = `A hospital's dataset budget cannot bear the rho ${required} of this request. Nothing was charged.`;
    return new ExhaustedError(message, {
      code,
      extra: { account: { kind: 'dataset' }, required, charged: false },
    });
  }
  const { kind, name, period, state } = short;
  const remaining = formatRho(remainingRhoPico(short));
  const why = state === 'open' ? `has rho ${remaining} left` : `is ${state}`;
  return new ExhaustedError(
    `The ${kind} budget "${name}" ${why} and this request needs rho ${required}. Nothing was charged.`,
    { code, extra: { account: { kind, name, period, state }, remaining, required, charged: false } },
  );
}
