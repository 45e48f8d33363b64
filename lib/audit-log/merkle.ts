import { createHash } from 'node:crypto';

/**
 * RFC 6962 Merkle trees: leaf SHA-256(00 || entry), node SHA-256(01 || left || right), split at the largest power of
 * two below n. Complete subtrees are stored by (level, index); everything else is computed from them.
 */
export type Place = { level: number; index: bigint };
export type Subtree = Place & { hash: Buffer };
/** Fetches the hash of the complete subtree of 2^level leaves, number `index` from the left. */
export type SubtreeReader = (level: number, index: bigint) => Promise<Buffer> | Buffer;
/** `count` leaves from number `start` on. */
export type Range = { start: bigint; count: bigint };

export const EMPTY_ROOT = createHash('sha256').digest();

export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(entry).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

/** The complete subtrees that together cover the first `size` leaves, largest first. */
export function peaksOf(size: bigint): { level: number; index: bigint }[] {
  const peaks: { level: number; index: bigint }[] = [];
  let start = 0n;
  for (let level = size.toString(2).length - 1; level >= 0; level--) {
    if ((size >> BigInt(level)) & 1n) {
      peaks.push({ level, index: start >> BigInt(level) });
      start += 1n << BigInt(level);
    }
  }
  return peaks;
}

/** Root of the tree whose peaks are given, largest first. */
export function rootOfPeaks(peaks: readonly Buffer[]): Buffer {
  if (peaks.length === 0) return EMPTY_ROOT;
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** Adds leaves to a tree of `size` leaves with these peaks. Returns every subtree that became complete. */
export function appendLeaves(
  size: bigint,
  peaks: readonly Subtree[],
  hashes: readonly Buffer[],
): { size: bigint; peaks: Subtree[]; completed: Subtree[] } {
  const stack = [...peaks];
  const completed: Subtree[] = [];
  let next = size;
  for (const hash of hashes) {
    let subtree: Subtree = { level: 0, index: next, hash };
    completed.push(subtree);
    for (let top = stack.at(-1); top !== undefined && top.level === subtree.level; top = stack.at(-1)) {
      stack.pop();
      subtree = { level: top.level + 1, index: top.index >> 1n, hash: nodeHash(top.hash, subtree.hash) };
      completed.push(subtree);
    }
    stack.push(subtree);
    next += 1n;
  }
  return { size: next, peaks: stack, completed };
}

/** Hash of the leaves [start, start + count), where the range is a subtree of some tree, complete or not. */
export async function rangeHash({ start, count }: Range, read: SubtreeReader): Promise<Buffer> {
  const peaks = await Promise.all(
    peaksOf(count).map(({ level, index }) => read(level, (start >> BigInt(level)) + index)),
  );
  return rootOfPeaks(peaks);
}

/** The largest power of two below `count`. */
export function splitPoint(count: bigint): bigint {
  return 1n << BigInt((count - 1n).toString(2).length - 1);
}

/**
 * RFC 6962 section 2.1.1: the audit path of leaf `index` in the tree of `size` leaves, leaf to root. Everything is read
 * at once, so that a reader can fetch all of it together.
 */
export async function inclusionPath(index: bigint, size: bigint, read: SubtreeReader): Promise<Buffer[]> {
  if (index < 0n || index >= size) throw new RangeError('leaf index is outside the tree');
  const siblings: Range[] = [];
  let start = 0n;
  let count = size;
  while (count > 1n) {
    const split = splitPoint(count);
    if (index - start < split) {
      siblings.push({ start: start + split, count: count - split });
      count = split;
    } else {
      siblings.push({ start, count: split });
      start += split;
      count -= split;
    }
  }
  return Promise.all(siblings.reverse().map((range) => rangeHash(range, read)));
}

/** Recomputes the root from a leaf and its path (RFC 9162 section 2.1.3.2). Null when the path has the wrong length. */
export function rootFromPath(
  leaf: Buffer,
  index: bigint,
  size: bigint,
  path: readonly Buffer[],
): Buffer | null {
  if (index < 0n || index >= size) return null;
  let fn = index;
  let sn = size - 1n;
  let root = leaf;
  for (const sibling of path) {
    if (sn === 0n) return null;
    if (fn & 1n || fn === sn) {
      root = nodeHash(sibling, root);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      root = nodeHash(root, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? root : null;
}
