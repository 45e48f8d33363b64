import type { PoolClient } from '#lib/db/pool';
import { headsAfter, newestHeads, noteOf, publishedOf, witnessQuorum } from '../read-heads.ts';
import { readWitnesses } from '../read-witnesses.ts';
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from '../tile-path.ts';
import type { LogSource } from './log-source.ts';

const HEADS_AT_ONCE = 5_000;

/**
 * A log read out of its database, past the router. The database does not know the log's key: it must be named. The
 * caller's transaction keeps all of it of one moment.
 */
export function databaseSource(client: PoolClient, now = new Date()): LogSource {
  return {
    verifierKey: () =>
      Promise.reject(new Error('The database does not hold the log’s key; name it with --key.')),
    witnesses: () => readWitnesses(client),
    head: async () => {
      const heads = await newestHeads(client);
      const shown = publishedOf(heads, await witnessQuorum(client), now) ?? heads[0];
      return shown ? noteOf(shown) : null;
    },
    checkpoints: async () => {
      const notes: string[] = [];
      for (let after = -1n; ; ) {
        const heads = await headsAfter(client, after, HEADS_AT_ONCE);
        notes.push(...heads.map(noteOf));
        if (heads.length < HEADS_AT_ONCE) return notes;
        after = heads.at(-1)!.size;
      }
    },
    entries: async (tile) => {
      const found = await client.query<{ index: bigint; bytes: Buffer }>(
        'SELECT index, entry AS bytes FROM audit_leaf WHERE index >= $1 AND index < $2',
        bounds(tile),
      );
      return placed(tile, found.rows);
    },
    hashes: async (tile) => {
      const found = await client.query<{ index: bigint; bytes: Buffer }>(
        'SELECT index, hash AS bytes FROM audit_node WHERE level = $3 AND index >= $1 AND index < $2',
        [...bounds(tile), TILE_HEIGHT * (tile.level ?? 0)],
      );
      return placed(tile, found.rows);
    },
    cosignedSizes: async () => {
      const found = await client.query<{ size: bigint }>(
        'SELECT DISTINCT tree_size AS size FROM audit_cosignature ORDER BY tree_size',
      );
      return found.rows.map(({ size }) => size);
    },
  };
}

const bounds = ({ index, width }: Tile): [bigint, bigint] => {
  const start = index * BigInt(TILE_WIDTH);
  return [start, start + BigInt(width)];
};

function placed(tile: Tile, rows: { index: bigint; bytes: Buffer }[]): (Buffer | null)[] {
  const [start] = bounds(tile);
  const all: (Buffer | null)[] = Array.from({ length: tile.width }, () => null);
  for (const { index, bytes } of rows) all[Number(index - start)] = bytes;
  return all;
}
