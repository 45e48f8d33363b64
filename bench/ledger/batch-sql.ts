import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from '../../lib/db/pool.ts';
import { debitOf } from './debits.ts';

export const DEBITS_A_STATEMENT = 200;

const STATEMENT = {
  name: 'batch-limit',
  text: `WITH given AS MATERIALIZED (
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::bytea[])
        AS given(request_id, account_id, entry_id, leaf_id, leaf_hash, leaf)),
    requests AS (
      INSERT INTO request (id, organisation_id, department_id, user_id, state, route, mechanism, mode, model, purpose,
        body_hash, epsilon, delta, rho_pico, nodes, shards, label_count, parameters, replica, reserved_until)
      SELECT request_id, $7, $8, $9, 'reserved', 'federated', 'vote', 'exact', 'demo-medllama', 'care', $10, 0.1,
        '0.00001', $11, 3, 192, 8, $12, 'bench', now() + interval '1 minute' FROM given),
    balances AS (
      UPDATE account SET reserved_rho_pico = reserved_rho_pico + sums.rho
      FROM (SELECT account_id, (count(*) * $11)::bigint AS rho FROM given GROUP BY 1) sums
      WHERE id = sums.account_id AND state = 'open' AND spent_rho_pico + reserved_rho_pico + sums.rho <= cap_rho_pico),
    entries AS (
      INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters)
      SELECT entry_id, request_id, account_id, 'reserve', 0, $11, 'vote', $12 FROM given)
    INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id)
    SELECT leaf_id, leaf_hash, leaf, 'ledger.reserve', request_id FROM given`,
};

/** A batch as its parameters, made before the clock starts: nothing is decided and nothing is answered. */
export function batchOf(accountIds: readonly string[], leafBytes: number): unknown[] {
  const { organisationId, departmentId, userId, bodyHash, rhoPico, parameters } = debitOf(accountIds);
  const each = <T>(make: () => T) => Array.from({ length: DEBITS_A_STATEMENT }, make);
  let next = Math.floor(Math.random() * accountIds.length);
  return [
    each(randomUUID),
    each(() => accountIds[next++ % accountIds.length]),
    each(randomUUID),
    each(randomUUID),
    each(() => randomBytes(32)),
    // Text, as a leaf is: random bytes would not be compressed.
    each(() =>
      Buffer.from(
        randomUUID()
          .repeat(Math.ceil(leafBytes / 36))
          .slice(0, leafBytes),
      ),
    ),
    organisationId,
    departmentId,
    userId,
    bodyHash,
    rhoPico,
    JSON.stringify(parameters),
  ];
}

/** What Postgres can take at most: the rows of 200 debits in one statement, one after the other on one connection. */
export async function writeBatch(pool: Pool, values: unknown[]): Promise<void> {
  await pool.query({ ...STATEMENT, values });
}
