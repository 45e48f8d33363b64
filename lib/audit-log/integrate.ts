import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { type LogSigner, openCheckpoint, signHead, verifierKey } from './checkpoint.ts';
import { LEAVES_CHANNEL } from './leaves-channel.ts';
import { appendLeaves, peaksOf, rootOfPeaks, type Subtree } from './merkle.ts';
import { readSubtrees } from './read-subtrees.ts';

/** Four heads a second over so many leaves each are several times what the ledger can write. */
const BATCH = 4000;
/** Any fixed number: it keeps two replicas from integrating at once. Not on the debit path. */
const INTEGRATE_LOCK = 4_112_026;

/**
 * Gives waiting leaves their index, stores the subtrees they complete and signs the new head.
 * Returns the number of leaves integrated; 0 when there were none or another replica is at it.
 */
export async function integrate(pool: Pool, signer: LogSigner): Promise<number> {
  return transaction(pool, async (client) => {
    const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS got', [INTEGRATE_LOCK]);
    if (!lock.rows[0].got) return 0;
    const waiting = await client.query<{ id: string; leaf_hash: Buffer }>(
      'SELECT id, leaf_hash FROM audit_leaf WHERE index IS NULL ORDER BY created_at, id LIMIT $1',
      [BATCH],
    );
    if (waiting.rows.length === 0) return 0;
    const { size, peaks } = await readTree(client, signer);
    const grown = appendLeaves(
      size,
      peaks,
      waiting.rows.map((row) => row.leaf_hash),
    );
    await client.query(
      `UPDATE audit_leaf SET index = given.index FROM unnest($1::uuid[], $2::bigint[]) AS given(id, index)
       WHERE audit_leaf.id = given.id`,
      [waiting.rows.map((row) => row.id), waiting.rows.map((_, i) => size + BigInt(i))],
    );
    await client.query(
      'INSERT INTO audit_node (level, index, hash) SELECT * FROM unnest($1::int[], $2::bigint[], $3::bytea[])',
      [
        grown.completed.map((subtree) => subtree.level),
        grown.completed.map((subtree) => subtree.index),
        grown.completed.map((subtree) => subtree.hash),
      ],
    );
    const root = rootOfPeaks(grown.peaks.map((peak) => peak.hash));
    const note = await signHead(signer, { size: grown.size, root });
    await client.query('INSERT INTO audit_checkpoint (tree_size, root_hash, note) VALUES ($1, $2, $3)', [
      grown.size,
      root,
      note,
    ]);
    // Delivered when this commits; readers that miss it look by themselves.
    await client.query('SELECT pg_notify($1, $2)', [LEAVES_CHANNEL, String(grown.size)]);
    return waiting.rows.length;
  });
}

/** The stored hashes are not those of the head that was signed last. Nothing is signed over them. */
export class DamagedLogError extends Error {
  override readonly name = 'DamagedLogError';
}

/**
 * The tree as far as it goes. It must be the one that was signed last: whoever changed a stored hash would otherwise have
 * the log itself sign what it makes of it.
 */
async function readTree(
  client: PoolClient,
  { origin, key }: LogSigner,
): Promise<{ size: bigint; peaks: Subtree[] }> {
  const found = await client.query<{ size: bigint; note: string }>(
    'SELECT tree_size AS size, note FROM audit_checkpoint ORDER BY tree_size DESC LIMIT 1',
  );
  const last = found.rows[0];
  if (!last) return { size: 0n, peaks: [] };
  const head = openCheckpoint(last.note, verifierKey(origin, key.publicKey));
  const peaks = await readSubtrees(client, peaksOf(last.size));
  if (head.size !== last.size || !rootOfPeaks(peaks.map(({ hash }) => hash)).equals(head.root)) {
    throw new DamagedLogError(
      `The audit log's stored hashes do not give its signed head of ${last.size} entries. Nothing is added until they do: run fdlr log verify.`,
    );
  }
  return { size: last.size, peaks };
}
