import type { Database } from '#lib/db/prisma';

export type Head = { size: bigint; checkpoint: string };
type Reader = Pick<Database, 'auditCheckpoint' | 'auditCosignature'>;

/**
 * A head of at least `minSize` leaves with the lines of the nodes that co-signed it: the newest that any has, for they
 * sign a moment later, else the newest of all. Null for a log that has none of that size.
 */
export async function witnessedHead(db: Reader, minSize: bigint): Promise<Head | null> {
  const cosigned = await db.auditCosignature.findFirst({
    where: { treeSize: { gte: minSize } },
    orderBy: { treeSize: 'desc' },
    select: { treeSize: true },
  });
  const head = await db.auditCheckpoint.findFirst({
    where: { treeSize: cosigned ? cosigned.treeSize : { gte: minSize } },
    orderBy: { treeSize: 'desc' },
  });
  if (!head) return null;
  const lines = await db.auditCosignature.findMany({
    where: { treeSize: head.treeSize },
    orderBy: { nodeId: 'asc' },
    select: { line: true },
  });
  return { size: head.treeSize, checkpoint: head.note + lines.map(({ line }) => `${line}\n`).join('') };
}
