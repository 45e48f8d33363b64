/**
 * C2SP tlog-tiles paths: `<L>/<N>[.p/<W>]`, where <N> is in groups of three digits, all but the last with an x before:
 * 1234067 is x001/x234/067. A tile has 256 hashes; one of fewer says how many it has.
 */
export const TILE_WIDTH = 256;
/** No log has more: the number of an entry has 63 bits, as in the database. */
const MOST_TILES = 2n ** 63n / BigInt(TILE_WIDTH);
/** A tile's levels of the tree: level L of tiles holds the hashes of level 8L of the tree. */
export const TILE_HEIGHT = 8;

/** `level` null: the entries themselves. */
export type Tile = { level: number | null; index: bigint; width: number };

const NUMBER = '(?:x[0-9]{3}/)*[0-9]{3}';
const PATH = new RegExp(`^(entries|[0-9]{1,2})/(${NUMBER})(?:\\.p/([1-9][0-9]{0,2}))?$`);

export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  const number = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `${level ?? 'entries'}/${number}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Null for what is no tile's path, in its one form: what can be cached for ever has one name. */
export function parseTilePath(path: string): Tile | null {
  const [, level, number, width] = PATH.exec(path) ?? [];
  if (level === undefined || number === undefined) return null;
  const tile: Tile = {
    level: level === 'entries' ? null : Number(level),
    index: BigInt(number.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const exists = tile.width <= TILE_WIDTH && (tile.level ?? 0) <= 63 && tile.index < MOST_TILES;
  return exists && tilePath(tile) === path ? tile : null;
}

/** Whether a log of `size` entries has this tile, in full or so far. */
export function isReached({ level, index, width }: Tile, size: bigint): boolean {
  const hashes = size >> BigInt(TILE_HEIGHT * (level ?? 0));
  return index * BigInt(TILE_WIDTH) + BigInt(width) <= hashes;
}

/** The tiles of one level that a log of `size` entries has, the last of them partial where it is not full. */
export function* tilesOf(level: number | null, size: bigint): Generator<Tile> {
  const hashes = size >> BigInt(TILE_HEIGHT * (level ?? 0));
  for (let index = 0n; index * BigInt(TILE_WIDTH) < hashes; index++) {
    const left = hashes - index * BigInt(TILE_WIDTH);
    yield { level, index, width: left < BigInt(TILE_WIDTH) ? Number(left) : TILE_WIDTH };
  }
}
