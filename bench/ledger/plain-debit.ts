import { randomUUID } from 'node:crypto';
import { newLeaf } from '../../lib/audit-log/append-leaf.ts';
import type { Pool } from '../../lib/db/pool.ts';
import type { Reservation } from '../../lib/ledger/reserve.ts';

const REQUEST = {
  name: 'plain-request',
  text: `INSERT INTO request (id, organisation_id, department_id, user_id, state, route, mechanism, mode, model, purpose,
      body_hash, epsilon, delta, rho_pico, nodes, shards, label_count, parameters, replica, reserved_until)
    VALUES ($1, $2, $3, $4, 'reserved', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
      now() + $19 * interval '1 millisecond') ON CONFLICT (id) DO NOTHING`,
};
const ACCOUNTS = {
  name: 'plain-accounts',
  text: `UPDATE account SET reserved_rho_pico = reserved_rho_pico + $2
    WHERE id = $1 AND state = 'open' AND spent_rho_pico + reserved_rho_pico + $2 <= cap_rho_pico`,
};
const ENTRY = {
  name: 'plain-entry',
  text: `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico, reserved_delta_pico, mechanism, parameters)
    VALUES ($1, $2, $3, 'reserve', 0, $4, $5, $6)`,
};
const LEAF = {
  name: 'plain-leaf',
  text: 'INSERT INTO audit_leaf (id, leaf_hash, entry, type, subject_id) VALUES ($1, $2, $3, $4, $5)',
};

/**
 * A debit as one would write it first: a transaction for each, a prepared statement for each row, each waited for. It
 * leaves the same rows as ours.
 */
export async function plainDebit(pool: Pool, r: Reservation): Promise<void> {
  const parameters = JSON.stringify(r.parameters);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const inserted = await client.query({
      ...REQUEST,
      values: [
        r.requestId,
        r.organisationId,
        r.departmentId,
        r.userId,
        r.route,
        r.mechanism,
        r.mode,
        r.model,
        r.purpose,
        r.bodyHash,
        r.epsilon,
        r.delta,
        r.rhoPico,
        r.nodes,
        r.shards,
        r.labelCount,
        parameters,
        r.replica,
        r.reservedForMs,
      ],
    });
    if (inserted.rowCount !== 1) throw new Error('the request exists');
    for (const accountId of r.accountIds.toSorted()) {
      const debited = await client.query({ ...ACCOUNTS, values: [accountId, r.rhoPico] });
      if (debited.rowCount !== 1) throw new Error('the budget is used up');
      const entry = [randomUUID(), r.requestId, accountId, r.rhoPico, r.mechanism, parameters];
      await client.query({ ...ENTRY, values: entry });
    }
    const accounts = r.accountIds.map((accountId) => ({ accountId, rhoPico: String(r.rhoPico) }));
    const { id, leafHash, entry, type, subjectId } = newLeaf(
      {
        v: 1,
        atMs: Date.now(),
        type: 'ledger.reserve',
        requestId: r.requestId,
        principal: r.pseudonym,
        mechanism: r.mechanism,
        parameters: r.parameters,
        accounts,
      },
      r.requestId,
    );
    await client.query({ ...LEAF, values: [id, leafHash, entry, type, subjectId] });
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
