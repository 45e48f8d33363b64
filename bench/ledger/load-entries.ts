import type { Pool } from '../../lib/db/pool.ts';
import { debitOf } from './debits.ts';

/** A settled request on six accounts: a reservation and a charge of each, and two leaves. */
const ACCOUNTS_EACH = 6;
const ENTRIES_EACH = 2 * ACCOUNTS_EACH;
const REQUESTS_A_STATEMENT = 20_000;
const TABLES = ['request', 'ledger_entry', 'audit_leaf'];

/**
 * Fills a ledger with settled requests, their entries, their leaves and the balances that go with them. The rows are as
 * wide as real ones; leaves hold text of a leaf's length, without a tree over them. Returns what it did, in words.
 */
export async function loadEntries(
  pool: Pool,
  accountIds: readonly string[],
  entries: number,
): Promise<string> {
  const requests = Math.ceil(entries / ENTRIES_EACH);
  const rebuild = await dropIndexes(pool);
  for (let first = 0; first < requests; first += REQUESTS_A_STATEMENT) {
    await loadRequests(pool, accountIds, Math.min(REQUESTS_A_STATEMENT, requests - first));
  }
  for (const statement of rebuild) await pool.query(statement);
  await pool.query(`UPDATE account SET spent_rho_pico = sums.spent
    FROM (SELECT account_id, sum(spent_delta_pico) AS spent FROM ledger_entry GROUP BY 1) sums
    WHERE id = sums.account_id`);
  await pool.query('VACUUM ANALYZE');
  await pool.query('CHECKPOINT');
  const size = await pool.query<{ size: string }>(
    'SELECT pg_size_pretty(pg_database_size(current_database())) AS size',
  );
  return `${requests} settled requests, ${requests * ENTRIES_EACH} entries, ${2 * requests} leaves: ${size.rows[0]?.size}.`;
}

async function loadRequests(pool: Pool, accountIds: readonly string[], requests: number): Promise<void> {
  const { organisationId, departmentId, userId, bodyHash, rhoPico, parameters } = debitOf([]);
  await pool.query(
    `WITH asked AS MATERIALIZED (
       SELECT gen_random_uuid() AS id, n, now() - random() * interval '300 days' AS at
       FROM generate_series(1, $1::int) AS n),
     requests AS (
       INSERT INTO request (id, organisation_id, department_id, user_id, state, route, mechanism, mode, model, purpose,
         body_hash, epsilon, delta, rho_pico, charged_rho_pico, nodes, shards, label_count, parameters, replica,
         created_at, settled_at, stages_ms)
       SELECT id, $2, $3, $4, 'answered', 'federated', 'vote', 'exact', 'demo-medllama', 'care', $5, 0.1, '0.00001', $6,
         $6, 3, 192, 8, $7, 'bench', at, at, '{"plan": 2, "reserve": 6, "dispatch": 90, "draw": 91}' FROM asked),
     entries AS (
       INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism,
         parameters, created_at)
       SELECT gen_random_uuid(), id, ($8::uuid[])[1 + (n * 7 + i * 131) % cardinality($8::uuid[])], kind,
         CASE kind WHEN 'settle' THEN $6::bigint ELSE 0 END, CASE kind WHEN 'settle' THEN -$6::bigint ELSE $6 END, 'vote', $7, at
       FROM asked, generate_series(1, ${ACCOUNTS_EACH}) AS i, unnest('{reserve,settle}'::entry_kind[]) AS kind)
     INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id, created_at)
     SELECT gen_random_uuid(), sha256(convert_to(id || kind, 'UTF8')), convert_to(repeat(id::text, 24), 'UTF8'), kind, id, at
     FROM asked, unnest('{ledger.reserve,ledger.settle}'::text[]) AS kind`,
    [
      requests,
      organisationId,
      departmentId,
      userId,
      bodyHash,
      rhoPico,
      JSON.stringify(parameters),
      accountIds,
    ],
  );
}

/** Rows go in several times faster where there is no index; the statements that were given back make them again. */
async function dropIndexes(pool: Pool): Promise<string[]> {
  const keys = await pool.query<{ table: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'p' AND conrelid::regclass::text = ANY($1)`,
    [TABLES],
  );
  for (const { table, name } of keys.rows) await pool.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
  const indexes = await pool.query<{ name: string; definition: string }>(
    'SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = ANY($1)',
    [TABLES],
  );
  for (const { name } of indexes.rows) await pool.query(`DROP INDEX "${name}"`);
  return [
    ...keys.rows.map(
      ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`,
    ),
    ...indexes.rows.map(({ definition }) => definition),
  ];
}
