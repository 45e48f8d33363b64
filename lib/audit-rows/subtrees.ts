import { z } from 'zod';
import { EMPTY_ROOT, type SubtreeReader } from '#lib/audit-log/merkle';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';

const nodesSchema = z.array(
  z.object({ name: z.string(), hash: z.instanceof(Uint8Array).transform((hash) => Buffer.from(hash)) }),
);

/**
 * Computes something of the tree of `size` leaves with one statement for all the subtrees it needs: which those are
 * follows from sizes alone, so `work` is run once to learn them and once with their hashes. Throws NotFoundError where
 * the log has fewer leaves.
 */
export async function withSubtrees<T>(
  db: Pick<Database, '$queryRaw'>,
  size: bigint,
  work: (read: SubtreeReader) => Promise<T>,
): Promise<T> {
  const wanted = new Map<string, { level: number; index: bigint }>();
  const last = { level: 0, index: size - 1n };
  wanted.set(`0/${last.index}`, last);
  await work((level, index) => {
    wanted.set(`${level}/${index}`, { level, index });
    return EMPTY_ROOT;
  });
  const levels = [...wanted.values()].map(({ level }) => level);
  const indexes = [...wanted.values()].map(({ index }) => String(index));
  const nodes = nodesSchema.parse(
    await db.$queryRaw`
      select n.level || '/' || n.index as name, n.hash
      from unnest(${levels}::int[], ${indexes}::text[]::bigint[]) as wanted(level, index)
      join audit_node n on n.level = wanted.level and n.index = wanted.index`,
  );
  const found = new Map(nodes.map(({ name, hash }) => [name, hash]));
  const read = (level: number, index: bigint): Buffer => {
    const hash = found.get(`${level}/${index}`);
    if (!hash) throw new NotFoundError('The log is not that large.');
    return hash;
  };
  read(last.level, last.index);
  return work(read);
}
