import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { ConflictError } from '#lib/errors';
import { type Receipt, receiptHash } from '#lib/nodes/receipt';
import { type Closing, closeReservation } from './close-reservation.ts';

export type SignedReceipt = { receipt: Receipt; signature: string };
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
  return transaction(pool, (client) => settleIn(client, settlement));
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
  const { requestId, outcome, code } = settlement;
  const moved = await client.query(
    `UPDATE request SET state = $2::request_state, error_code = $3, error_message = $4, settled_at = coalesce($7, now()),
       stages_ms = $5, charged_rho_pico = coalesce($6, rho_pico)
     WHERE id = $1 AND state = 'reserved'`,
    [
      requestId,
      outcome,
      code,
      settlement.message,
      JSON.stringify(settlement.stagesMs),
      settlement.chargeRhoPico,
      at,
    ],
  );
  if (moved.rowCount !== 1) {
    throw new ConflictError('The reservation was closed before it could be settled.', {
      code: 'already_settled',
    });
  }
  const closings = await closeReservation(client, requestId, settlement.chargeRhoPico, at);
  await insertReceipts(client, settlement);
  const leafHash = await appendLeaf(
    client,
    {
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
      receipts: settlement.receipts.map(({ receipt }) => ({
        nodeId: receipt.nodeId,
        seq: receipt.seq,
        hash: receiptHash(receipt).toString('hex'),
      })),
    },
    requestId,
    at,
  );
  if (settlement.sealReply) {
    const ciphertext = settlement.sealReply({ leafHash, closings });
    await client.query(
      `UPDATE request SET answer_ciphertext = $2, answer_expires_at = coalesce($3, now()) + interval '24 hours'
       WHERE id = $1`,
      [requestId, ciphertext, at],
    );
  }
  return { leafHash, closings };
}

/** An answer needs every receipt to be new; a failed request is charged whatever its nodes sent. */
async function insertReceipts(client: PoolClient, { outcome, receipts }: Settlement): Promise<void> {
  if (receipts.length === 0) return;
  const column = <T>(of: (signed: SignedReceipt) => T) => receipts.map(of);
  const inserted = await client.query<{ nodeId: string }>(
    `INSERT INTO node_receipt (node_id, seq, request_id, ledger_epoch, header_hash, rho_pico, running_total_pico,
       prev_hash, signature)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::bytea[], $6::bigint[], $7::bigint[],
       $8::bytea[], $9::bytea[])
     ON CONFLICT DO NOTHING RETURNING node_id AS "nodeId"`,
    [
      column(({ receipt }) => receipt.nodeId),
      column(({ receipt }) => receipt.seq),
      column(({ receipt }) => receipt.requestId),
      column(({ receipt }) => receipt.ledgerEpoch),
      column(({ receipt }) => Buffer.from(receipt.h, 'hex')),
      column(({ receipt }) => receipt.rhoPico),
      column(({ receipt }) => receipt.runningTotalPico),
      column(({ receipt }) => Buffer.from(receipt.prevHash, 'hex')),
      column(({ signature }) => Buffer.from(signature, 'hex')),
    ],
  );
  if (outcome !== 'answered' || inserted.rowCount === receipts.length) return;
  const isNew = new Set(inserted.rows.map(({ nodeId }) => nodeId));
  const twice = receipts.find(({ receipt }) => !isNew.has(receipt.nodeId)) ?? receipts[0]!;
  throw new Error(`node ${twice.receipt.nodeId} signed its receipt number ${twice.receipt.seq} twice`);
}
