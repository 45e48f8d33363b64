import { type Bytes, fromHex, hex, nodeHash } from './bytes.ts';
import { type CheckResult, tried } from './tried.ts';

export type Grown = {
  from: { size: string | number; rootHash: string };
  to: { size: string | number; rootHash: string };
  /** Consistency proof (RFC 6962 section 2.1.2), hex. */
  path: readonly string[];
};

/** Whether the later tree holds all of the earlier one, unchanged and in order, and only has more after it. */
export function verifyConsistency(grown: Grown): Promise<CheckResult> {
  return tried(async () => isPrefix(grown));
}

/** RFC 9162 section 2.1.4.2. */
async function isPrefix({ from, to, path }: Grown): Promise<boolean> {
  const first = BigInt(from.size);
  const second = BigInt(to.size);
  if (first < 0n || first > second) return false;
  if (first === second) return path.length === 0 && from.rootHash === to.rootHash;
  // Everything continues the empty log.
  if (first === 0n) return path.length === 0;
  const isWhole = (first & (first - 1n)) === 0n;
  const hashes = (isWhole ? [from.rootHash, ...path] : path).map(fromHex);
  const [start, ...rest] = hashes;
  if (start === undefined) return false;
  return foldsInto(first, second, start, rest, from.rootHash, to.rootHash);
}

async function foldsInto(
  first: bigint,
  second: bigint,
  start: Bytes,
  rest: readonly Bytes[],
  firstRoot: string,
  secondRoot: string,
): Promise<boolean> {
  let fn = first - 1n;
  let sn = second - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let earlier = start;
  let later = start;
  for (const hash of rest) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      earlier = await nodeHash(hash, earlier);
      later = await nodeHash(hash, later);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      later = await nodeHash(later, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && hex(earlier) === firstRoot && hex(later) === secondRoot;
}
