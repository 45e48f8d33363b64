/** Moves places on a line apart until none is nearer than `gap` to the next, keeping their order and the bounds. */
export function spreadApart(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, index) => index).toSorted((a, b) => places[a]! - places[b]!);
  const result = [...places];
  let floor = low;
  for (const index of order) {
    result[index] = Math.max(result[index]!, floor);
    floor = result[index]! + gap;
  }
  let ceiling = high;
  for (const index of order.toReversed()) {
    result[index] = Math.min(result[index]!, ceiling);
    ceiling = result[index]! - gap;
  }
  return result;
}
