import { EMPTY_ROOT, nodeHash, type Range, rangeHash, type SubtreeReader, splitPoint } from './merkle.ts';

/**
 * RFC 6962 section 2.1.2: proof that the tree of `first` leaves is the beginning of the tree of `second`. Empty where
 * there is nothing to prove: equal sizes, or an empty first tree.
 */
export async function consistencyPath(first: bigint, second: bigint, read: SubtreeReader): Promise<Buffer[]> {
  if (first < 0n || first > second) throw new RangeError('the first tree is larger than the second');
  if (first === 0n || first === second) return [];
  const hashes: Range[] = [];
  let start = 0n;
  let count = second;
  let wanted = first;
  // SUBPROOF: `complete` while the first tree is all of what is looked at, whose hash the verifier then knows.
  let complete = true;
  while (wanted < count) {
    const split = splitPoint(count);
    if (wanted <= split) {
      hashes.push({ start: start + split, count: count - split });
      count = split;
    } else {
      hashes.push({ start, count: split });
      start += split;
      count -= split;
      wanted -= split;
      complete = false;
    }
  }
  if (!complete) hashes.push({ start, count });
  return Promise.all(hashes.reverse().map((range) => rangeHash(range, read)));
}

type Head = { size: bigint; root: Buffer };

/** Whether the proof shows that `second` continues `first` (RFC 9162 section 2.1.4.2). */
export function isConsistent(first: Head, second: Head, path: readonly Buffer[]): boolean {
  if (first.size < 0n || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  if (first.size === 0n) return path.length === 0 && first.root.equals(EMPTY_ROOT);
  // A first tree that is one complete subtree is its own beginning of the path.
  const isPowerOfTwo = (first.size & (first.size - 1n)) === 0n;
  const [start, ...rest] = isPowerOfTwo ? [first.root, ...path] : path;
  if (!start) return false;
  let fn = first.size - 1n;
  let sn = second.size - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let firstRoot = start;
  let secondRoot = start;
  for (const hash of rest) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      firstRoot = nodeHash(hash, firstRoot);
      secondRoot = nodeHash(hash, secondRoot);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      secondRoot = nodeHash(secondRoot, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && firstRoot.equals(first.root) && secondRoot.equals(second.root);
}
