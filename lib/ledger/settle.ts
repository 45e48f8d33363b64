import { insertLeaf, newLeaf } from '#lib/audit-log/append-leaf';
import type { AuditEvent } from '#lib/audit-log/events';
import { receiptDigests } from '#lib/audit-log/receipt-digests';
import type { Pool, PoolClient } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { together } from '#lib/db/together';
import { transaction } from '#lib/db/transaction';
import { ConflictError } from '#lib/errors';
import {
  type Closing,
  closingsOf,
  lockReserved,
  moveBalances,
  writeClosingEntries,
} from './close-reservation.ts';
import { holdsReceipts, insertReceipts, type SignedReceipt } from './insert-receipts.ts';

export type StagesMs = Record<string, number>;

/** What the settling transaction produced. */
export type Settled = { leafHash: Buffer; closings: readonly Closing[] };

/** How a debited request ended. The leaf's hash is known before the answer is sealed, so the reply can name it. */
export type Settlement = {
  requestId: string;
  outcome: 'answered' | 'failed';
  /** Error code and safe message of a failed request. */
  code: string | null;
  message: string | null;
  /** null charges the full reservation. */
  chargeRhoPico: bigint | null;
  receipts: readonly SignedReceipt[];
  stagesMs: StagesMs;
  /** Seals the reply to store, which names the settling leaf and what is left. Null when there is nothing to store. */
  sealReply: ((settled: Settled) => Buffer) | null;
};

/**
 * Settles a reservation in one transaction: charge, receipts, leaf and encrypted answer. An answer may leave only
 * after this returned. Throws ConflictError when the reservation was closed meanwhile (the reaper charged it).
 */
export async function settle(pool: Pool, settlement: Settlement): Promise<Settled> {
  return transaction(pool, (client) => settleIn(prepared(client), settlement));
}

/**
 * The same in the caller's transaction, so that many can commit together. No answer may leave before that commit.
 * @param at when it was settled; null is now.
 */
export async function settleIn(
  client: PoolClient,
  settlement: Settlement,
  at: Date | null = null,
): Promise<Settled> {
  const { requestId, outcome, receipts } = settlement;
  const [moved, reserved] = await together(client, () => [
    moveRequest(client, settlement, at),
    lockReserved(client, requestId),
  ]);
  if (!moved) {
    throw new ConflictError('The reservation was closed before it could be settled.', {
      code: 'already_settled',
    });
  }
  const closings = closingsOf(reserved, settlement.chargeRhoPico);
  const leaf = newLeaf(leafOf(settlement, closings, at), requestId);
  const settled = { leafHash: leaf.leafHash, closings };
  const answer = settlement.sealReply?.(settled);
  const [kept] = await together(client, () => [
    insertReceipts(client, receipts),
    moveBalances(client, closings),
    writeClosingEntries(client, requestId, reserved, closings, at),
    insertLeaf(client, leaf, at),
    answer && keepAnswer(client, requestId, answer, at),
  ]);
  // An answer needs every receipt to be held; a failed request is charged whatever its nodes sent.
  if (kept !== receipts.length && outcome === 'answered' && !(await holdsReceipts(client, receipts))) {
    throw new Error('a node signed two receipts with one number');
  }
  return settled;
}

/** Returns false when the request is reserved no longer. */
async function moveRequest(client: PoolClient, settlement: Settlement, at: Date | null): Promise<boolean> {
  const { requestId, outcome, code, message, stagesMs, chargeRhoPico } = settlement;
  const moved = await client.query(
    `UPDATE request SET state = $2::request_state, error_code = $3, error_message = $4, settled_at = coalesce($7, now()),
       stages_ms = $5, charged_rho_pico = coalesce($6, rho_pico)
     WHERE id = $1 AND state = 'reserved'`,
    [requestId, outcome, code, message, JSON.stringify(stagesMs), chargeRhoPico, at],
  );
  return moved.rowCount === 1;
}

function leafOf(settlement: Settlement, closings: readonly Closing[], at: Date | null): AuditEvent {
  const { requestId, outcome, code, receipts } = settlement;
  return {
    v: 1,
    atMs: at?.getTime() ?? Date.now(),
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

async function keepAnswer(
  client: PoolClient,
  requestId: string,
  answer: Buffer,
  at: Date | null,
): Promise<void> {
  await client.query(
    `UPDATE request SET answer_ciphertext = $2, answer_expires_at = coalesce($3, now()) + interval '24 hours'
     WHERE id = $1`,
    [requestId, answer, at],
  );
}
