import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import type { AuditEvent } from './events.ts';
import { type Concern, type LeafRow, rowOf } from './row-of.ts';

const BATCH = 4000;
/** Any fixed number: it keeps two replicas from writing the same rows. Not on the debit path. */
const ROWS_LOCK = 4_112_027;

type Leaf = { index: bigint; leaf_hash: Buffer; type: string; subject_id: string | null; entry: Buffer };
type Described = { leaf: Leaf; at: Date; row: LeafRow };

/**
 * Writes the rows of integrated leaves that have none yet, for the console's lists: everything after the last row, so
 * that it also catches up with a log that is older than this table. Apart from `integrate`, which answers wait for.
 * Returns the number of rows; 0 when there was nothing to do or another replica is at it.
 */
export async function fillRows(pool: Pool): Promise<number> {
  return transaction(pool, async (client) => {
    const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS got', [ROWS_LOCK]);
    if (!lock.rows[0].got) return 0;
    const leaves = await client.query<Leaf>(
      `SELECT index, leaf_hash, type, subject_id, entry FROM audit_leaf
       WHERE index > (SELECT coalesce(max(index), -1) FROM audit_row) ORDER BY index LIMIT $1`,
      [BATCH],
    );
    if (leaves.rows.length === 0) return 0;
    const described = leaves.rows.map(describe);
    await insertRows(client, described);
    await insertAccounts(client, described);
    await insertOrganisations(client, described);
    return described.length;
  });
}

function describe(leaf: Leaf): Described {
  const event = JSON.parse(leaf.entry.toString('utf8')) as AuditEvent;
  return { leaf, at: new Date(event.atMs), row: rowOf(event) };
}

async function insertRows(client: PoolClient, described: readonly Described[]): Promise<void> {
  await client.query(
    `INSERT INTO audit_row (index, leaf_hash, type, actor, subject_id, at)
     SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[])`,
    [
      described.map(({ leaf }) => leaf.index),
      described.map(({ leaf }) => leaf.leaf_hash),
      described.map(({ leaf }) => leaf.type),
      described.map(({ row }) => row.actor),
      described.map(({ leaf, row }) => leaf.subject_id ?? row.subject),
      described.map(({ at }) => at),
    ],
  );
}

async function insertAccounts(client: PoolClient, described: readonly Described[]): Promise<void> {
  const pairs = described.flatMap(({ leaf, row }) => row.accounts.map((id) => ({ id, index: leaf.index })));
  await client.query(
    `INSERT INTO audit_row_account (account_id, index) SELECT * FROM unnest($1::uuid[], $2::bigint[])`,
    [pairs.map(({ id }) => id), pairs.map(({ index }) => index)],
  );
}

/** By what the tables say now: a leaf about something that is gone belongs to nobody's list but the whole log's. */
async function insertOrganisations(client: PoolClient, described: readonly Described[]): Promise<void> {
  const concerns = described.flatMap(({ leaf, row }) =>
    row.concerns.map((concern) => ({ ...withId(concern), index: leaf.index })),
  );
  await client.query(
    `WITH c AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS given(kind, id, index))
     INSERT INTO audit_row_organisation (organisation_id, index)
       SELECT u.organisation_id, c.index FROM c JOIN "user" u ON c.kind = 'person' AND u.pseudonym = c.id
       UNION SELECT a.organisation_id, c.index FROM c JOIN account a ON c.kind = 'account' AND a.id = c.id
       UNION SELECT h.organisation_id, c.index FROM c JOIN node n ON c.kind = 'node' AND n.id = c.id
               JOIN hospital h ON h.id = n.hospital_id
       UNION SELECT h.organisation_id, c.index FROM c JOIN hospital h ON c.kind = 'hospital' AND h.id = c.id
       UNION SELECT r.organisation_id, c.index FROM c JOIN request r ON c.kind = 'request' AND r.id = c.id
       UNION SELECT coalesce(a.organisation_id, o.id), c.index FROM c JOIN alert a ON c.kind = 'alert' AND a.id = c.id
               LEFT JOIN organisation o ON a.organisation_id IS NULL WHERE coalesce(a.organisation_id, o.id) IS NOT NULL
       UNION SELECT o.id, c.index FROM c CROSS JOIN organisation o WHERE c.kind = 'everybody'`,
    [concerns.map(({ kind }) => kind), concerns.map(({ id }) => id), concerns.map(({ index }) => index)],
  );
}

const withId = (concern: Concern) => ({ kind: concern.kind, id: 'id' in concern ? concern.id : null });
