import type { Database } from '#lib/db/prisma';
import { readPinned } from './stored-status.ts';

/** How a node stands with the others that take part: who has pinned whom, as each hospital last said of its own list. */
export type Pins = {
  /** The others that take part. */
  others: number;
  /** Those of them that have pinned it. */
  by: number;
  /** Those of them that it has pinned; null where it has not said. */
  own: number | null;
  /** Both: only with these it is ever asked. */
  both: number;
};

/** Counts alone: whom another hospital trusts is its own affair. */
export async function pinsOf(db: Database, id: string): Promise<Pins> {
  const nodes = await db.node.findMany({
    where: { OR: [{ id }, { state: 'admitted' }] },
    select: { id: true, status: { select: { pinned: true } } },
  });
  const listOf = (node: (typeof nodes)[number] | undefined) => readPinned(node?.status?.pinned);
  const own = listOf(nodes.find((node) => node.id === id));
  const others = nodes.filter((node) => node.id !== id);
  const by = others.filter((other) => listOf(other)?.includes(id));
  return {
    others: others.length,
    by: by.length,
    own: own && others.filter((other) => own.includes(other.id)).length,
    both: by.filter((other) => own?.includes(other.id)).length,
  };
}
