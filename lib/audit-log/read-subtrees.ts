import type { Pool, PoolClient } from '#lib/db/pool';
import type { Place, Subtree, SubtreeReader } from './merkle.ts';

const keyOf = ({ level, index }: Place) => `${level}/${index}`;

/** The stored hashes of these subtrees, in their order, by one statement. Throws when one is not there. */
export async function readSubtrees(db: Pool | PoolClient, wanted: readonly Place[]): Promise<Subtree[]> {
  const found = await findSubtrees(db, wanted);
  const missing = found.indexOf(null);
  if (missing >= 0) throw new Error(`the audit log lacks subtree ${keyOf(wanted[missing]!)}`);
  return found as Subtree[];
}

/** The same, with null for what is not there. */
export async function findSubtrees(
  db: Pool | PoolClient,
  wanted: readonly Place[],
): Promise<(Subtree | null)[]> {
  if (wanted.length === 0) return [];
  const found = await db.query<Subtree>(
    `SELECT n.level, n.index, n.hash FROM audit_node n
     JOIN unnest($1::int[], $2::bigint[]) AS w(level, index) ON n.level = w.level AND n.index = w.index`,
    [wanted.map((place) => place.level), wanted.map((place) => place.index)],
  );
  const byPlace = new Map(found.rows.map((row) => [keyOf(row), row]));
  return wanted.map((place) => byPlace.get(keyOf(place)) ?? null);
}

/** A reader for proofs: what is asked for in one tick is fetched by one statement. */
export function subtreeReader(db: Pool | PoolClient): SubtreeReader {
  let waiting: { place: Place; resolve: (hash: Buffer) => void; reject: (error: unknown) => void }[] = [];
  const fetchAll = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const rows = await readSubtrees(
        db,
        batch.map(({ place }) => place),
      );
      for (const [i, { resolve }] of batch.entries()) resolve(rows[i]!.hash);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return (level, index) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) process.nextTick(fetchAll);
      waiting.push({ place: { level, index }, resolve, reject });
    });
}
