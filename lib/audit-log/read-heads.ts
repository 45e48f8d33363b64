import type { Pool, PoolClient } from '#lib/db/pool';
import { withLines } from './signed-note.ts';

/** A kept head: the log's note, without cosignatures, and those that there are, one line each. */
export type KeptHead = { size: bigint; root: Buffer; note: string; createdAt: Date; lines: string[] };

/** A head this old is published whether or not witnesses have signed it: losing hospitals must not stop the log. */
export const WITNESS_PATIENCE_MS = 5_000;
/** Heads come at most four a second, so these reach back further than the patience. */
const LOOK_BACK = 64;

const SELECT = `
  SELECT c.tree_size AS size, c.root_hash AS root, c.note, c.created_at AS "createdAt",
    coalesce(array_agg(w.line ORDER BY w.node_id) FILTER (WHERE w.line IS NOT NULL), '{}') AS lines
  FROM (SELECT * FROM audit_checkpoint`;
const COSIGNED = `) c LEFT JOIN audit_cosignature w ON w.tree_size = c.tree_size
  GROUP BY c.tree_size, c.root_hash, c.note, c.created_at ORDER BY c.tree_size`;

/** The newest heads, newest first. */
export async function newestHeads(db: Pool | PoolClient, limit = LOOK_BACK): Promise<KeptHead[]> {
  const found = await db.query<KeptHead>(`${SELECT} ORDER BY tree_size DESC LIMIT $1${COSIGNED} DESC`, [
    limit,
  ]);
  return found.rows;
}

/** Kept heads of more than `after` entries, smallest first. */
export async function headsAfter(db: Pool | PoolClient, after: bigint, limit: number): Promise<KeptHead[]> {
  const found = await db.query<KeptHead>(
    `${SELECT} WHERE tree_size > $1 ORDER BY tree_size LIMIT $2${COSIGNED}`,
    [after, limit],
  );
  return found.rows;
}

/** How many nodes are a quorum: more than half of those that are admitted. */
export async function witnessQuorum(db: Pool | PoolClient): Promise<number> {
  const found = await db.query<{ nodes: bigint }>(
    `SELECT count(*) AS nodes FROM node WHERE state = 'admitted' AND identity_key IS NOT NULL`,
  );
  return Math.floor(Number(found.rows[0]!.nodes) / 2) + 1;
}

/**
 * Gives the head that the log shows, null while the log is empty. What one process shows never shrinks: a node that is
 * admitted raises the quorum, and a head that was shown by then stays.
 */
export function publishing(pool: Pool): (now?: Date) => Promise<KeptHead | null> {
  let largest = 0n;
  const look = async (now: Date) => {
    const [heads, quorum] = await Promise.all([newestHeads(pool), witnessQuorum(pool)]);
    const head = publishedOf(heads, quorum, now, largest);
    if (head && head.size > largest) largest = head.size;
    return head;
  };
  return async (now = new Date()) => {
    const head = await look(now);
    // Read before a larger one was kept, which has been shown meanwhile: read anew.
    return head && head.size < largest ? look(now) : head;
  };
}

/**
 * The largest that a quorum has signed, or that is older than witnesses are waited for.
 * @param heads newest first. @param shown the size of one that was shown before: it has been published, whatever it lacks now.
 */
export function publishedOf(
  heads: readonly KeptHead[],
  quorum: number,
  now: Date,
  shown: bigint | null = null,
): KeptHead | null {
  const old = now.getTime() - WITNESS_PATIENCE_MS;
  const isPublished = ({ size, lines, createdAt }: KeptHead) =>
    size === shown || lines.length >= quorum || createdAt.getTime() <= old;
  return heads.find(isPublished) ?? null;
}

/** The note as it is served: signed by the log, then by every witness that has. */
export const noteOf = ({ note, lines }: KeptHead) => withLines(note, lines);
