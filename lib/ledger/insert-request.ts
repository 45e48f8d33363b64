import { type Column, givenRows } from '#lib/db/given-rows';
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

const COLUMNS: readonly Column<RequestRow>[] = [
  ['id', 'uuid', (row) => row.id],
  ['organisation_id', 'uuid', (row) => row.organisationId],
  ['department_id', 'uuid', (row) => row.departmentId],
  ['user_id', 'uuid', (row) => row.userId],
  ['api_key_id', 'uuid', (row) => row.apiKeyId],
  ['state', 'request_state', (row) => row.state],
  ['route', 'text', (row) => row.route],
  ['mechanism', 'text', (row) => row.mechanism],
  ['mode', 'text', (row) => row.mode],
  ['model', 'text', (row) => row.model],
  ['purpose', 'text', (row) => row.purpose],
  ['body_hash', 'bytea', (row) => row.bodyHash],
  ['epsilon', 'numeric', (row) => row.epsilon],
  ['delta', 'text', (row) => row.delta],
  ['rho_pico', 'bigint', (row) => row.rhoPico],
  ['nodes', 'int', (row) => row.nodes],
  ['shards', 'int', (row) => row.shards],
  ['label_count', 'int', (row) => row.labelCount],
  ['parameters', 'jsonb', (row) => JSON.stringify(row.parameters)],
  ['replica', 'text', (row) => row.replica],
  ['error_code', 'text', (row) => row.errorCode],
  ['error_message', 'text', (row) => row.errorMessage],
  ['reserved_for_ms', 'bigint', (row) => row.reservedForMs],
];

const kept = COLUMNS.map(([name]) => name)
  .filter((name) => name !== 'reserved_for_ms')
  .join(', ');

/** In id order: batches that have the same requests in them wait for each other and never in a circle. */
const insertion = givenRows(COLUMNS, (given, at) => {
  const asked = `coalesce($${at}::timestamptz, now())`;
  return `
    INSERT INTO request (${kept}, created_at, reserved_until, settled_at)
    SELECT ${kept}, ${asked}, ${asked} + reserved_for_ms * interval '1 millisecond',
      CASE WHEN state = 'refused' THEN ${asked} END
    FROM ${given} ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id`;
});

/**
 * Returns the ids of those that were not there before; of the others nothing was written.
 * @param at when they were asked; null is now, by the database's clock.
 */
export async function insertRequests(
  db: Pool | PoolClient,
  rows: readonly RequestRow[],
  at: Date | null = null,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await db.query<{ id: string }>(...insertion(rows, at));
  return new Set(inserted.rows.map((row) => row.id));
}
