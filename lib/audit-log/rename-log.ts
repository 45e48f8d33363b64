import type { PoolClient } from '#lib/db/pool';
import { type LogSigner, signHead } from './checkpoint.ts';

/**
 * Makes the copy of a log a log of its own: every head is signed again under the new origin, over the same leaves.
 * Two logs of one origin that grow apart would be a lie to whoever has seen both. What witnesses signed was the former.
 */
export async function renameLog(client: PoolClient, signer: LogSigner): Promise<void> {
  const heads = await client.query<{ size: bigint; root: Buffer }>(
    'SELECT tree_size AS size, root_hash AS root FROM audit_checkpoint ORDER BY tree_size',
  );
  await client.query(
    `UPDATE audit_checkpoint SET note = given.note
     FROM unnest($1::bigint[], $2::text[]) AS given(tree_size, note) WHERE audit_checkpoint.tree_size = given.tree_size`,
    [heads.rows.map(({ size }) => size), await Promise.all(heads.rows.map((head) => signHead(signer, head)))],
  );
  await client.query('DELETE FROM audit_cosignature');
}
