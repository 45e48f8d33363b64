import { randomUUID } from 'node:crypto';
import type { NewLeaf } from '#lib/audit-log/append-leaf';
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

/** Returns how many could bear it: the condition repeats what was decided, and so does the table's own constraint. */
async function moveBalances(client: PoolClient, changes: readonly Change[]): Promise<number> {
  if (changes.length === 0) return 0;
  const updated = await client.query(
    `UPDATE account SET spent_rho_pico = spent_rho_pico + given.spent,
       reserved_rho_pico = reserved_rho_pico + given.reserved
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS given(id, spent, reserved)
     WHERE account.id = given.id
       AND spent_rho_pico + reserved_rho_pico + given.spent + given.reserved <= cap_rho_pico`,
    [
      changes.map((change) => change.accountId),
      changes.map((change) => change.spentRhoPico),
      changes.map((change) => change.reservedRhoPico),
    ],
  );
  return updated.rowCount ?? 0;
}

async function closeRequests(
  client: PoolClient,
  closed: readonly ClosedRequest[],
  at: Date | null,
): Promise<number> {
  if (closed.length === 0) return 0;
  const updated = await client.query(
    `UPDATE request SET state = given.state, error_code = given.code, error_message = given.message,
       settled_at = coalesce($8, now()), stages_ms = coalesce(given.stages_ms, request.stages_ms),
       charged_rho_pico = coalesce(given.charged, request.rho_pico), answer_ciphertext = given.answer,
       answer_expires_at = CASE WHEN given.answer IS NOT NULL THEN coalesce($8, now()) + interval '24 hours' END
     FROM unnest($1::uuid[], $2::request_state[], $3::text[], $4::text[], $5::jsonb[], $6::bigint[], $7::bytea[])
       AS given(id, state, code, message, stages_ms, charged, answer)
     WHERE request.id = given.id AND request.state = 'reserved'`,
    [
      closed.map((request) => request.requestId),
      closed.map((request) => request.state),
      closed.map((request) => request.code),
      closed.map((request) => request.message),
      closed.map((request) => request.stagesMsJson),
      closed.map((request) => request.chargedRhoPico),
      closed.map((request) => request.answer),
      at,
    ],
  );
  return updated.rowCount ?? 0;
}

async function insertEntries(client: PoolClient, entries: readonly Entry[], at: Date | null): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters, created_at)
     SELECT given.*, coalesce($9, now())
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::entry_kind[], $5::bigint[], $6::bigint[], $7::text[], $8::jsonb[]) AS given`,
    [
      entries.map(() => randomUUID()),
      entries.map((entry) => entry.requestId),
      entries.map((entry) => entry.accountId),
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.spentRhoPico),
      entries.map((entry) => entry.reservedRhoPico),
      entries.map((entry) => entry.mechanism),
      entries.map((entry) => entry.parametersJson),
      at,
    ],
  );
}

async function insertLeaves(client: PoolClient, leaves: readonly NewLeaf[], at: Date | null): Promise<void> {
  if (leaves.length === 0) return;
  await client.query(
    `INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id, created_at)
     SELECT given.*, coalesce($6, now())
     FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[], $5::uuid[]) AS given`,
    [
      leaves.map((leaf) => leaf.id),
      leaves.map((leaf) => leaf.leafHash),
      leaves.map((leaf) => leaf.entry),
      leaves.map((leaf) => leaf.type),
      leaves.map((leaf) => leaf.subjectId),
      at,
    ],
  );
}

/** A refused reservation leaves nothing behind: its key stays free. */
async function dropRefused(client: PoolClient, requestIds: readonly string[]): Promise<void> {
  if (requestIds.length === 0) return;
  await client.query(`DELETE FROM request WHERE id = ANY($1::uuid[]) AND state = 'reserved'`, [requestIds]);
}
