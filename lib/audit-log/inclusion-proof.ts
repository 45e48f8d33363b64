import type { Pool } from '#lib/db/pool';
import { inclusionPath } from './merkle.ts';
import { type KeptHead, newestHeads, noteOf, publishedOf, witnessQuorum } from './read-heads.ts';
import { subtreeReader } from './read-subtrees.ts';

export type InclusionProof = {
  leafHash: string;
  leafIndex: string;
  treeSize: string;
  rootHash: string;
  /** Sibling hashes, leaf to root, hex. */
  path: string[];
  /** The signed note of the head the path leads to, with its cosignatures. */
  checkpoint: string;
};

export type ProofLookup =
  | { status: 'found'; proof: InclusionProof }
  | { status: 'pending' }
  | { status: 'unknown' };

/** Proves that a leaf is in a signed tree. A leaf not yet integrated is `pending` (well under a second). */
export async function inclusionProof(pool: Pool, leafHash: Buffer, now = new Date()): Promise<ProofLookup> {
  const leaf = await pool.query<{ index: bigint | null }>(
    'SELECT index FROM audit_leaf WHERE leaf_hash = $1',
    [leafHash],
  );
  if (leaf.rows.length === 0) return { status: 'unknown' };
  const index = leaf.rows[0]!.index;
  if (index === null) return { status: 'pending' };
  const head = await headOver(pool, index, now);
  const path = await inclusionPath(index, head.size, subtreeReader(pool));
  return {
    status: 'found',
    proof: {
      leafHash: leafHash.toString('hex'),
      leafIndex: index.toString(),
      treeSize: head.size.toString(),
      rootHash: head.root.toString('hex'),
      path: path.map((hash) => hash.toString('hex')),
      checkpoint: noteOf(head),
    },
  };
}

/** The head that the log shows, where it covers the leaf; the newest where witnesses have not come so far yet. */
async function headOver(pool: Pool, index: bigint, now: Date): Promise<KeptHead> {
  const [heads, quorum] = await Promise.all([newestHeads(pool), witnessQuorum(pool)]);
  const published = publishedOf(heads, quorum, now);
  const head = published && published.size > index ? published : heads[0];
  if (!head || head.size <= index) throw new Error(`no head of the audit log covers leaf ${index}`);
  return head;
}
