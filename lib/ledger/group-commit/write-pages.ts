import { insertLeaves } from '#lib/audit-log/append-leaf';
import { uuidV7 } from '#lib/crypto/uuid';
import { givenRows } from '#lib/db/given-rows';
import type { PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { insertReceipts } from '../insert-receipts.ts';
import type { Change } from './books.ts';
import type { Decision } from './decide.ts';
import type { ClosedRequest, Entry } from './page.ts';

/** Writes all that a batch decided, in one round trip. Throws when a row was not as it was locked, or a receipt is not new. */
export async function writePages(
  client: PoolClient,
  { pages, changes, refusedIds }: Decision,
  at: Date | null,
): Promise<void> {
  if (pages.length === 0 && refusedIds.length === 0) return;
  const entries = pages.flatMap((page) => page.entries);
  const closed = pages.flatMap((page) => page.closed ?? []);
  // In the order of their keys, as everything that batches may wait for each other over.
  const receipts = pages
    .flatMap((page) => page.receipts)
    .sort((a, b) =>
      a.receipt.nodeId === b.receipt.nodeId
        ? a.receipt.seq - b.receipt.seq
        : a.receipt.nodeId < b.receipt.nodeId
          ? -1
          : 1,
    );
  const [moved, ended, kept] = await together(client, () => [
    moveBalances(client, changes),
    closeRequests(client, closed, at),
    insertReceipts(client, receipts),
    insertEntries(client, entries, at),
    insertLeaves(
      client,
      pages.map((page) => page.leaf),
      at,
    ),
    dropRefused(client, refusedIds),
  ]);
  if (moved !== changes.length) throw new Error('a balance is not as it was locked');
  if (ended !== closed.length) throw new Error('a request is not as it was locked');
  if (kept !== receipts.length && pages.some((page) => page.needsReceipts)) {
    throw new Error('a node signed two receipts with one number');
  }
}

const movement = givenRows<Change>(
  [
    ['id', 'uuid', (change) => change.accountId],
    ['spent', 'bigint', (change) => change.spentRhoPico],
    ['reserved', 'bigint', (change) => change.reservedRhoPico],
  ],
  (given) => `
    UPDATE account SET spent_rho_pico = spent_rho_pico + given.spent,
      reserved_rho_pico = reserved_rho_pico + given.reserved
    FROM ${given} WHERE account.id = given.id
      AND spent_rho_pico + reserved_rho_pico + given.spent + given.reserved <= cap_rho_pico`,
);

/** Returns how many could bear it: the condition repeats what was decided, and so does the table's own constraint. */
async function moveBalances(client: PoolClient, changes: readonly Change[]): Promise<number> {
  if (changes.length === 0) return 0;
  return (await client.query(...movement(changes))).rowCount ?? 0;
}

const closing = givenRows<ClosedRequest>(
  [
    ['id', 'uuid', (request) => request.requestId],
    ['state', 'request_state', (request) => request.state],
    ['code', 'text', (request) => request.code],
    ['message', 'text', (request) => request.message],
    ['stages_ms', 'jsonb', (request) => request.stagesMsJson],
    ['charged', 'bigint', (request) => request.chargedRhoPico],
    ['answer', 'bytea', (request) => request.answer],
  ],
  (given, at) => `
    UPDATE request SET state = given.state, error_code = given.code, error_message = given.message,
      settled_at = coalesce($${at}, now()), stages_ms = coalesce(given.stages_ms, request.stages_ms),
      charged_rho_pico = coalesce(given.charged, request.rho_pico), answer_ciphertext = given.answer,
      answer_expires_at = CASE WHEN given.answer IS NOT NULL THEN coalesce($${at}, now()) + interval '24 hours' END
    FROM ${given} WHERE request.id = given.id AND request.state = 'reserved'`,
);

async function closeRequests(
  client: PoolClient,
  closed: readonly ClosedRequest[],
  at: Date | null,
): Promise<number> {
  if (closed.length === 0) return 0;
  return (await client.query(...closing(closed, at))).rowCount ?? 0;
}

const entryInsertion = givenRows<Entry>(
  [
    ['id', 'uuid', () => uuidV7()],
    ['request_id', 'uuid', (entry) => entry.requestId],
    ['account_id', 'uuid', (entry) => entry.accountId],
    ['kind', 'entry_kind', (entry) => entry.kind],
    ['spent_delta_pico', 'bigint', (entry) => entry.spentRhoPico],
    ['reserved_delta_pico', 'bigint', (entry) => entry.reservedRhoPico],
    ['mechanism', 'text', (entry) => entry.mechanism],
    ['parameters', 'jsonb', (entry) => entry.parametersJson],
  ],
  (given, at) => `
    INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism,
      parameters, created_at)
    SELECT given.*, coalesce($${at}, now()) FROM ${given}`,
);

async function insertEntries(client: PoolClient, entries: readonly Entry[], at: Date | null): Promise<void> {
  if (entries.length > 0) await client.query(...entryInsertion(entries, at));
}

/** A refused reservation leaves nothing behind: its key stays free. */
async function dropRefused(client: PoolClient, requestIds: readonly string[]): Promise<void> {
  if (requestIds.length === 0) return;
  await client.query(`DELETE FROM request WHERE id = ANY($1::uuid[]) AND state = 'reserved'`, [requestIds]);
}
