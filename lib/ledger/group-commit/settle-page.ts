import { newLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import { receiptDigests } from '#lib/audit-log/receipt-digests';
import { ConflictError } from '#lib/errors';
import { remainingRhoPico } from '../accounts.ts';
import { type Closing, splitReservation } from '../closings.ts';
import { leafTimeMs } from '../leaf-time.ts';
import type { Settled, Settlement } from '../settle.ts';
import type { Books } from './books.ts';
import type { Move } from './move.ts';
import type { Entry, Page } from './page.ts';
import type { Standing, Stock } from './take-stock.ts';

/** @throws ConflictError when the reservation is closed already, and whatever sealing the reply throws. */
export function settlePage(
  settlement: Settlement,
  stock: Stock,
  books: Books,
  at: Date | null,
): { result: Settled; page: Page } {
  const { requestId, outcome, code, message, chargeRhoPico, receipts, stagesMs } = settlement;
  const standing = stock.standing.get(requestId);
  if (!standing) {
    throw new ConflictError('The reservation was closed before it could be settled.', {
      code: 'already_settled',
    });
  }
  const closings = closingsOf(standing, chargeRhoPico, books);
  const leaf = newLeaf(settledEvent(settlement, closings, at), requestId);
  const result = { leafHash: leaf.leafHash, closings };
  const page: Page = {
    entries: entriesOf(requestId, standing, closings),
    leaf,
    closed: {
      requestId,
      state: outcome,
      code,
      message,
      stagesMsJson: JSON.stringify(stagesMs),
      chargedRhoPico: chargeRhoPico,
      answer: settlement.sealReply?.(result) ?? null,
    },
    receipts,
    needsReceipts: outcome === 'answered',
  };
  return { result, page };
}

/** Nothing, when the reservation is closed already. */
export function releasePage(
  { requestId, code, message }: Extract<Move, { kind: 'release' }>,
  stock: Stock,
  books: Books,
  at: Date | null,
): { result: undefined; page: Page | null } {
  const standing = stock.standing.get(requestId);
  if (!standing) return { result: undefined, page: null };
  const closings = closingsOf(standing, 0n, books);
  const accounts = closings.map(({ accountId, releasedRhoPico }) => ({
    accountId,
    rhoPico: String(releasedRhoPico),
  }));
  const atMs = leafTimeMs(at);
  const page: Page = {
    entries: entriesOf(requestId, standing, closings),
    leaf: newLeaf({ v: 1, atMs, type: 'ledger.release', requestId, code, accounts }, requestId),
    closed: {
      requestId,
      state: 'failed',
      code,
      message,
      stagesMsJson: null,
      chargedRhoPico: 0n,
      answer: null,
    },
    receipts: [],
    needsReceipts: false,
  };
  return { result: undefined, page };
}

function closingsOf({ reserved }: Standing, chargeRhoPico: bigint | null, books: Books): Closing[] {
  return reserved.map(({ accountId, rhoPico }) => {
    const account = books.at(accountId);
    if (!account) throw new Error('a reservation stands on an account that does not exist');
    const split = splitReservation(rhoPico, chargeRhoPico);
    const remaining = remainingRhoPico(account) + split.releasedRhoPico;
    return { accountId, kind: account.kind, ...split, remainingRhoPico: remaining };
  });
}

function entriesOf(
  requestId: string,
  { mechanism, parametersJson }: Standing,
  closings: readonly Closing[],
): Entry[] {
  const common = { requestId, mechanism, parametersJson };
  return closings.flatMap(({ accountId, chargedRhoPico: charged, releasedRhoPico: released }): Entry[] => {
    const entries: Entry[] = [];
    if (charged > 0n) {
      entries.push({
        ...common,
        accountId,
        kind: 'settle',
        spentRhoPico: charged,
        reservedRhoPico: -charged,
      });
    }
    if (released > 0n) {
      entries.push({ ...common, accountId, kind: 'release', spentRhoPico: 0n, reservedRhoPico: -released });
    }
    return entries;
  });
}

function settledEvent(settlement: Settlement, closings: readonly Closing[], at: Date | null): AuditEvent {
  const { requestId, outcome, code, receipts } = settlement;
  return {
    v: 1,
    atMs: leafTimeMs(at),
    type: 'ledger.settle',
    requestId,
    outcome,
    code,
    accounts: closings.map(({ accountId, chargedRhoPico }) => ({
      accountId,
      rhoPico: String(chargedRhoPico),
    })),
    receipts: receiptDigests(receipts.map(({ receipt }) => receipt)),
  };
}
