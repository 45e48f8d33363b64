import type { Database } from '#lib/db/prisma';
import { changesOfLeaf } from './changes-of-leaf.ts';
import { nameOf, type OwnedChange, ownersOf } from './visible-changes.ts';

/** A leaf of the audit log as the stream sees it. Its index is the cursor: gap-free, one order for everybody. */
export type LiveLeaf = { index: bigint; changes: OwnedChange[] };

/** Index of the newest leaf that has one; -1 for an empty log. */
export async function headIndex(db: Database): Promise<bigint> {
  const { _max } = await db.auditLeaf.aggregate({ _max: { index: true } });
  return _max.index ?? -1n;
}

/** The leaves after `cursor`, in order, with whom their changes belong to. */
export async function leavesAfter(db: Database, cursor: bigint, limit: number): Promise<LiveLeaf[]> {
  const rows = await db.auditLeaf.findMany({
    where: { index: { gt: cursor } },
    orderBy: { index: 'asc' },
    take: limit,
    select: { index: true, type: true, entry: true },
  });
  const leaves = rows.map((row) => ({ index: row.index!, changes: changesOfLeaf(row.type, row.entry) }));
  const owners = await ownersOf(
    db,
    leaves.flatMap(({ changes }) => changes),
  );
  return leaves.map(({ index, changes }) => ({
    index,
    changes: changes.flatMap((change) => owners.get(nameOf(change)) ?? []),
  }));
}
