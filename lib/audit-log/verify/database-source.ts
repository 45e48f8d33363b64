import type { PoolClient } from '#lib/db/pool';
import { parseCheckpoint } from '../checkpoint.ts';
import { leafHash } from '../merkle.ts';
import { headsAfter, type KeptHead, newestHeads, noteOf, publishedOf, witnessQuorum } from '../read-heads.ts';
import { findSubtrees } from '../read-subtrees.ts';
import { readWitnesses } from '../read-witnesses.ts';
import { TILE_HEIGHT, TILE_WIDTH, type Tile } from '../tile-path.ts';
import type { Finding } from './finding.ts';
import type { LogSource } from './log-source.ts';
import { readEvent } from './read-event.ts';

const HEADS_AT_ONCE = 5_000;

/**
 * A log read out of its database, past the router. The database does not know the log's key: it must be named. The
 * caller's transaction keeps all of it of one moment.
 */
export function databaseSource(client: PoolClient, now = new Date()): LogSource {
  const wrong: Finding[] = [];
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
        wrong.push(...heads.flatMap(wrongHead));
        if (heads.length < HEADS_AT_ONCE) return notes;
        after = heads.at(-1)!.size;
      }
    },
    entries: async (tile) => {
      const found = await client.query<Leaf>(
        'SELECT index, entry AS bytes, leaf_hash AS hash, type FROM audit_leaf WHERE index >= $1 AND index < $2',
        bounds(tile),
      );
      wrong.push(...found.rows.flatMap(wrongLeaf));
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
    subtrees: async (places) => (await findSubtrees(client, places)).map((found) => found?.hash ?? null),
    keptWrong: async (size) => [...wrong, ...(await wrongRows(client, size))],
  };
}

type Leaf = { index: bigint; bytes: Buffer; hash: Buffer; type: string };

/** Proofs are looked up by the hash that stands beside the entry, and lists are made by the type. */
function wrongLeaf({ index, bytes, hash, type }: Leaf): Finding[] {
  const says = [
    ...(leafHash(bytes).equals(hash) ? [] : ['hash']),
    ...(readEvent(bytes)?.type === type ? [] : ['type']),
  ];
  return says.map((what) => ({
    attack: 'altered_leaf',
    detail: `Entry ${index} is kept with a ${what} that is not its own.`,
  }));
}

/** The note is what is signed; what stands beside it is what proofs and lists are made from. */
function wrongHead({ size, root, note }: KeptHead): Finding[] {
  try {
    const head = parseCheckpoint(note);
    if (head.size === size && head.root.equals(root)) return [];
  } catch {
    // Whoever opens it says so.
    return [];
  }
  const detail = `The head kept for ${size} entries is not the one that its own note signs.`;
  return [{ attack: 'forged_checkpoint', detail }];
}

/** Rows that no tile and no head leads to. */
async function wrongRows(client: PoolClient, size: bigint): Promise<Finding[]> {
  const [stray, headless, nodes] = [
    await client.query<{ index: bigint }>(
      'SELECT index FROM audit_leaf WHERE index >= $1 OR index < 0 ORDER BY index LIMIT 5',
      [size],
    ),
    await client.query<{ size: bigint }>(
      `SELECT DISTINCT tree_size AS size FROM audit_cosignature c
       WHERE NOT EXISTS (SELECT FROM audit_checkpoint h WHERE h.tree_size = c.tree_size) ORDER BY 1 LIMIT 5`,
    ),
    await client.query<{ count: bigint }>('SELECT count(*) AS count FROM audit_node'),
  ];
  const extra = BigInt(nodes.rows[0]!.count) - subtreesOf(size);
  return [
    ...stray.rows.map(
      ({ index }): Finding => ({
        attack: 'altered_leaf',
        detail: `An entry stands at ${index}, outside the tree of ${size} entries.`,
      }),
    ),
    ...headless.rows.map(
      ({ size: of }): Finding => ({
        attack: 'removed_head',
        detail: `Hospitals' nodes signed a head of ${of} entries that the log does not keep any more.`,
      }),
    ),
    ...(extra > 0n
      ? [
          {
            attack: 'wrong_tile',
            detail: `${extra} stored hashes belong to no tree of ${size} entries.`,
          } as const,
        ]
      : []),
  ];
}

/** How many complete subtrees a tree of this size has. */
function subtreesOf(size: bigint): bigint {
  let count = 0n;
  for (let left = size; left > 0n; left >>= 1n) count += left;
  return count;
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
