import type { Pool } from '#lib/db/pool';
import { encodeBundle } from './entry-bundle.ts';
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from './tile-path.ts';

/**
 * A tile's bytes: its hashes one after the other, or its entries as a bundle. Null when the log has not reached it; what
 * is stored is published, because leaves get their index in the transaction that signs the head over them.
 */
export async function readTile(pool: Pool, tile: Tile): Promise<Buffer | null> {
  const parts =
    tile.level === null ? await readEntries(pool, tile) : await readHashes(pool, tile, tile.level);
  if (parts.length !== tile.width) return null;
  return tile.level === null ? encodeBundle(parts) : Buffer.concat(parts);
}

/** The first and the last: of the very last tile there is, one more would be a number that the database has not. */
const bounds = ({ index, width }: Tile): [bigint, bigint] => {
  const start = index * BigInt(TILE_WIDTH);
  return [start, start + BigInt(width - 1)];
};

async function readHashes(pool: Pool, tile: Tile, level: number): Promise<Buffer[]> {
  const found = await pool.query<{ hash: Buffer }>(
    'SELECT hash FROM audit_node WHERE level = $1 AND index >= $2 AND index <= $3 ORDER BY index',
    [TILE_HEIGHT * level, ...bounds(tile)],
  );
  return found.rows.map(({ hash }) => hash);
}

async function readEntries(pool: Pool, tile: Tile): Promise<Buffer[]> {
  const found = await pool.query<{ entry: Buffer }>(
    'SELECT entry FROM audit_leaf WHERE index >= $1 AND index <= $2 ORDER BY index',
    bounds(tile),
  );
  return found.rows.map(({ entry }) => entry);
}
