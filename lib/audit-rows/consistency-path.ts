import { peaksOf, rootOfPeaks, type SubtreeReader } from '#lib/audit-log/merkle';

/** RFC 6962 section 2.1.2: the hashes that show that the tree of `first` leaves is the beginning of that of `second`. */
export async function consistencyPath(first: bigint, second: bigint, read: SubtreeReader): Promise<Buffer[]> {
  if (first <= 0n || first > second) throw new RangeError('the earlier tree is not within the later one');
  const path: Buffer[] = [];
  let start = 0n;
  let within = first;
  let count = second;
  /** The earlier tree begins here too: its hash is known to whoever checks. */
  let isKnown = true;
  while (within !== count) {
    const split = 1n << BigInt((count - 1n).toString(2).length - 1);
    if (within <= split) {
      path.push(await rangeHash(start + split, count - split, read));
      count = split;
    } else {
      path.push(await rangeHash(start, split, read));
      start += split;
      within -= split;
      count -= split;
      isKnown = false;
    }
  }
  if (!isKnown) path.push(await rangeHash(start, count, read));
  return path.reverse();
}

async function rangeHash(start: bigint, count: bigint, read: SubtreeReader): Promise<Buffer> {
  const peaks = await Promise.all(
    peaksOf(count).map(({ level, index }) => read(level, (start >> BigInt(level)) + index)),
  );
  return rootOfPeaks(peaks);
}
