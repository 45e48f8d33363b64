import { randomUUID } from 'node:crypto';
import type { Pool } from '#lib/db/pool';

export type Refusal = {
  organisationId: string;
  departmentId: string;
  userId: string;
  apiKeyId: string | null;
  route: string;
  mechanism: string;
  mode: string;
  model: string;
  purpose: string;
  bodyHash: Buffer;
  epsilon: number | null;
  labelCount: number;
  replica: string;
  code: string;
  message: string;
};

/**
 * Keeps a request that was refused before any debit, for the record of what was asked. It takes a random id, so that
 * the same idempotency key may be tried again, and it charges nothing.
 */
export async function recordRefusal(pool: Pool, r: Refusal): Promise<void> {
  await pool.query(
    `INSERT INTO request (id, organisation_id, department_id, user_id, api_key_id, state, route, mechanism, mode, model,
       purpose, body_hash, epsilon, rho_pico, nodes, shards, label_count, parameters, replica, error_code, error_message, settled_at)
     VALUES ($1, $2, $3, $4, $5, 'refused', $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, $13, '{}', $14, $15, $16, now())`,
    [
      randomUUID(),
      r.organisationId,
      r.departmentId,
      r.userId,
      r.apiKeyId,
      r.route,
      r.mechanism,
      r.mode,
      r.model,
      r.purpose,
      r.bodyHash,
      r.epsilon,
      r.labelCount,
      r.replica,
      r.code,
      r.message,
    ],
  );
}
