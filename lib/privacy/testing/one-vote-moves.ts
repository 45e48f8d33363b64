/** Every histogram of at most `shards` votes over `labelCount` labels; the votes missing from the sum abstained. */
export function* histograms(labelCount: number, shards: number): Generator<number[]> {
  if (labelCount === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= shards; first += 1) {
    for (const rest of histograms(labelCount - 1, shards - first)) yield [first, ...rest];
  }
}

/** Every histogram that differs by one shard's vote: changed, withdrawn (abstains), or cast where it had abstained. */
export function* oneVoteMoves(counts: readonly number[], shards: number): Generator<number[]> {
  const cast = counts.reduce((sum, count) => sum + count, 0);
  if (cast < shards) for (const to of counts.keys()) yield moved(counts, null, to);
  for (const [from, count] of counts.entries()) {
    if (count === 0) continue;
    yield moved(counts, from, null);
    for (const to of counts.keys()) if (to !== from) yield moved(counts, from, to);
  }
}

function moved(counts: readonly number[], from: number | null, to: number | null): number[] {
  return counts.map((count, label) => count - (label === from ? 1 : 0) + (label === to ? 1 : 0));
}
