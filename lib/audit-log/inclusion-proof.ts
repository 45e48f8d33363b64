import type { Pool } from '#lib/db/pool';
import { inclusionPath } from './merkle.ts';

export type InclusionProof = {
  leafHash: string;
  leafIndex: string;
  treeSize: string;
  rootHash: string;
  /** Sibling hashes, leaf to root, hex. */
  path: string[];
  /** The signed note of the head the path leads to. */
  checkpoint: string;
};

export type ProofLookup =
  | { status: 'found'; proof: InclusionProof }
  | { status: 'pending' }
  | { status: 'unknown' };

/** Proves that a leaf is in the newest signed tree. A leaf not yet integrated is `pending` (well under a second). */
export async function inclusionProof(pool: Pool, leafHash: Buffer): Promise<ProofLookup> {
  const leaf = await pool.query<{ index: bigint | null }>(
    'SELECT index FROM audit_leaf WHERE leaf_hash = $1',
    [leafHash],
  );
  if (leaf.rows.length === 0) return { status: 'unknown' };
  const index = leaf.rows[0]!.index;
  if (index === null) return { status: 'pending' };
  const head = await pool.query<{ tree_size: bigint; root_hash: Buffer; note: string }>(
    'SELECT tree_size, root_hash, note FROM audit_checkpoint ORDER BY tree_size DESC LIMIT 1',
  );
  const { tree_size: size, root_hash: root, note } = head.rows[0]!;
  const path = await inclusionPath(index, size, async (level, at) => {
    const found = await pool.query<{ hash: Buffer }>(
      'SELECT hash FROM audit_node WHERE level = $1 AND index = $2',
      [level, at],
    );
    if (!found.rows[0]) throw new Error(`the audit log lacks subtree ${level}/${at}`);
    return found.rows[0].hash;
  });
  return {
    status: 'found',
    proof: {
      leafHash: leafHash.toString('hex'),
      leafIndex: index.toString(),
      treeSize: size.toString(),
      rootHash: root.toString('hex'),
      path: path.map((hash) => hash.toString('hex')),
      checkpoint: note,
    },
  };
}
