import { type KeptHead, noteOf, publishedOf } from '#lib/audit-log/read-heads';
import type { Database } from '#lib/db/prisma';

export type Head = { size: bigint; rootHash: string; checkpoint: string };
type Reader = Pick<Database, 'auditCheckpoint' | 'auditCosignature' | 'node'>;

/** Heads come at most four a second, so these reach back further than witnesses are waited for. */
const LOOK_BACK = 64;

/**
 * A head of at least `minSize` leaves with the lines of the nodes that co-signed it: the one that the log shows, or the
 * newest where that has not come so far. Null for a log that has none of that size.
 */
export async function witnessedHead(db: Reader, minSize: bigint, now = new Date()): Promise<Head | null> {
  const [heads, nodes] = await Promise.all([
    newestHeads(db, minSize),
    db.node.count({ where: { state: 'admitted', identityKey: { not: null } } }),
  ]);
  const head = publishedOf(heads, Math.floor(nodes / 2) + 1, now) ?? heads[0];
  return head ? { size: head.size, rootHash: head.root.toString('hex'), checkpoint: noteOf(head) } : null;
}

async function newestHeads(db: Reader, minSize: bigint): Promise<KeptHead[]> {
  const heads = await db.auditCheckpoint.findMany({
    where: { treeSize: { gte: minSize } },
    orderBy: { treeSize: 'desc' },
    take: LOOK_BACK,
  });
  const signed = await db.auditCosignature.findMany({
    where: { treeSize: { in: heads.map(({ treeSize }) => treeSize) } },
    orderBy: { nodeId: 'asc' },
  });
  return heads.map(({ treeSize, rootHash, ...head }) => ({
    ...head,
    size: treeSize,
    root: Buffer.from(rootHash),
    lines: signed.filter((one) => one.treeSize === treeSize).map(({ line }) => line),
  }));
}
