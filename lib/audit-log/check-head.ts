import type { Database } from '#lib/db/prisma';
import { openCheckpoint } from './checkpoint.ts';
import { peaksOf, rootOfPeaks } from './merkle.ts';

/** Leaves are integrated four times a second: one that waits this long has been forgotten. */
const LONGEST_WAIT_MS = 15_000;

export type HeadFault = 'signature' | 'root' | 'size' | 'waiting';
export type HeadCheck = { size: bigint; faults: HeadFault[] };
type Reader = Pick<Database, 'auditCheckpoint' | 'auditLeaf' | 'auditNode'>;

/**
 * Checks the newest signed head against the log's published key: its signature, that it covers every integrated leaf,
 * that its root is that of the stored subtrees, and that no leaf waits. An empty log has no head and no fault.
 */
export async function checkHead(db: Reader, verifier: string, now = new Date()): Promise<HeadCheck> {
  const [head, last, forgotten] = await Promise.all([
    db.auditCheckpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
    db.auditLeaf.findFirst({
      where: { index: { not: null } },
      orderBy: { index: 'desc' },
      select: { index: true },
    }),
    db.auditLeaf.findFirst({
      where: { index: null, createdAt: { lt: new Date(now.getTime() - LONGEST_WAIT_MS) } },
      select: { id: true },
    }),
  ]);
  const size = last?.index === undefined || last.index === null ? 0n : last.index + 1n;
  const faults: HeadFault[] = forgotten ? ['waiting'] : [];
  if (!head) return { size, faults: size > 0n ? [...faults, 'signature'] : faults };
  try {
    const signed = openCheckpoint(head.note, verifier);
    if (signed.size !== head.treeSize || head.treeSize !== size) faults.push('size');
    if (!signed.root.equals(await storedRoot(db, head.treeSize))) faults.push('root');
  } catch {
    faults.push('signature');
  }
  return { size, faults };
}

/** The root that the stored subtrees give; of no bytes where one is missing, which equals no root. */
async function storedRoot(db: Reader, size: bigint): Promise<Buffer> {
  const wanted = peaksOf(size);
  const found = await db.auditNode.findMany({
    where: { OR: wanted.map(({ level, index }) => ({ level, index })) },
    orderBy: { level: 'desc' },
  });
  return found.length === wanted.length
    ? rootOfPeaks(found.map((peak) => Buffer.from(peak.hash)))
    : Buffer.alloc(0);
}
