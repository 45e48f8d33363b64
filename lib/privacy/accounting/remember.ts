/** Requests and suggestions come at few epsilons, all of three decimals or so; beyond this all are forgotten. */
const MAX_REMEMBERED = 4096;

/**
 * What `find` finds for an epsilon and a delta, searched for once: admission asks for the same few again and again, and
 * both are public parameters of requests. What `find` throws is thrown each time.
 */
export function remember<Found>(
  find: (epsilon: number, delta: number) => Found,
): (epsilon: number, delta: number) => Found {
  // By delta first, of which a router has one: keys that are numbers need no text made of them.
  const byDelta = new Map<number, Map<number, Found>>();
  let size = 0;
  return (epsilon, delta) => {
    const known = byDelta.get(delta)?.get(epsilon);
    if (known !== undefined) return known;
    const found = find(epsilon, delta);
    if (size >= MAX_REMEMBERED) {
      byDelta.clear();
      size = 0;
    }
    const byEpsilon = byDelta.get(delta) ?? new Map<number, Found>();
    byDelta.set(delta, byEpsilon.set(epsilon, found));
    size += 1;
    return found;
  };
}
