import type { PoolClient } from '#lib/db/pool';
import { signCheckpoint } from './checkpoint.ts';
import type { LogSigner } from './integrate.ts';

/**
 * Makes the copy of a log a log of its own: every head is signed again under the new origin, over the same leaves.
 * Two logs of one origin that grow apart would be a lie to whoever has seen both.
 */
export async function renameLog(client: PoolClient, signer: LogSigner): Promise<void> {
  const heads = await client.query<{ size: bigint; root: Buffer }>(
    'SELECT tree_size AS size, root_hash AS root FROM audit_checkpoint ORDER BY tree_size',
  );
  await client.query(
    `UPDATE audit_checkpoint SET note = given.note
     FROM unnest($1::bigint[], $2::text[]) AS given(tree_size, note) WHERE audit_checkpoint.tree_size = given.tree_size`,
    [
      heads.rows.map(({ size }) => size),
      heads.rows.map(({ size, root }) => signCheckpoint({ origin: signer.origin, size, root }, signer.key)),
    ],
  );
}
