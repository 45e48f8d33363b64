import {
  chooseMasking,
  type Masking,
  mostColluding,
  mostDropouts,
} from '#lib/secure-aggregation/masking-choice';

/** How a cohort's sum is protected: public, in the header of every round, and part of what gaussian noise is priced by. */
export type Protection = {
  nodes: number;
  masking: Masking;
  /** Members that may be in league with whoever reads the sum. */
  maxCollude: number;
  /** Members that may be absent from it. */
  maxDropouts: number;
};

/** A round that survives dropouts is given room for as many as leave it this likely to succeed. */
const ENOUGH_SUCCESS = 0.99;

/**
 * @param availabilities of each member the chance that it answers a round, by public probes alone.
 * @param maxCollude what the federation assumes.
 */
export function protectionOf(availabilities: readonly number[], maxCollude: number): Protection {
  const nodes = availabilities.length;
  const { masking } = chooseMasking(availabilities);
  // With so many in league only a sum of everybody hides one member's vector.
  if (masking === 'all-or-nothing' || maxCollude > mostColluding(nodes))
    return { nodes, masking: 'all-or-nothing', maxCollude, maxDropouts: 0 };
  const chances = chancesOfAbsent(availabilities);
  let maxDropouts = 1;
  let success = chances[0]! + chances[1]!;
  while (success < ENOUGH_SUCCESS && maxDropouts < mostDropouts(nodes)) {
    maxDropouts += 1;
    success += chances[maxDropouts]!;
  }
  return { nodes, masking, maxCollude, maxDropouts };
}

/** Of each number of absent members its chance. */
function chancesOfAbsent(availabilities: readonly number[]): number[] {
  return availabilities.reduce(
    (chances, availability) =>
      Array.from(
        { length: chances.length + 1 },
        (_, absent) =>
          (chances[absent] ?? 0) * availability + (chances[absent - 1] ?? 0) * (1 - availability),
      ),
    [1],
  );
}
