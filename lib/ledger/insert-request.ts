import type { Pool, PoolClient } from '#lib/db/pool';

/** Who asked what, as it is kept for the record: never the prompt, only its keyed hash. */
export type AskedRequest = {
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
  labelCount: number;
  /** The router process that took the request. */
  replica: string;
};

/** What a state adds; a refused request has no cost, no cohort and no reservation. */
export type RequestRow = AskedRequest & {
  id: string;
  state: 'reserved' | 'refused';
  epsilon: number | null;
  delta: string | null;
  rhoPico: bigint;
  nodes: number;
  shards: number;
  parameters: Record<string, unknown>;
  /** How long the reservation may stand, by the database's clock; null when nothing is reserved. */
  reservedForMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
};

/**
 * Returns false, having done nothing, when a request of this id is there already.
 * @param at when it was asked; null is now, by the database's clock.
 */
export async function insertRequest(
  db: Pool | PoolClient,
  row: RequestRow,
  at: Date | null = null,
): Promise<boolean> {
  const values: Record<string, unknown> = {
    id: row.id,
    organisation_id: row.organisationId,
    department_id: row.departmentId,
    user_id: row.userId,
    api_key_id: row.apiKeyId,
    state: row.state,
    route: row.route,
    mechanism: row.mechanism,
    mode: row.mode,
    model: row.model,
    purpose: row.purpose,
    body_hash: row.bodyHash,
    epsilon: row.epsilon,
    delta: row.delta,
    rho_pico: row.rhoPico,
    nodes: row.nodes,
    shards: row.shards,
    label_count: row.labelCount,
    parameters: JSON.stringify(row.parameters),
    replica: row.replica,
    error_code: row.errorCode,
    error_message: row.errorMessage,
    settled_at: row.state === 'refused' ? (at ?? new Date()) : null,
  };
  const columns = Object.keys(values);
  const places = columns.map((_, i) => `$${i + 1}`);
  const asked = `coalesce($${places.length + 1}, now())`;
  columns.push('created_at', 'reserved_until');
  places.push(asked, `${asked} + $${places.length + 2} * interval '1 millisecond'`);
  const inserted = await db.query(
    `INSERT INTO request (${columns.join(', ')}) VALUES (${places.join(', ')}) ON CONFLICT (id) DO NOTHING`,
    [...Object.values(values), at, row.reservedForMs],
  );
  return inserted.rowCount === 1;
}
