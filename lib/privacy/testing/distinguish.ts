import { clopperPearson } from '../audit/clopper-pearson.ts';

export type Distinguished<Outcome> = {
  /** The outcomes that looked likelier under `left`, chosen on data that the bound does not use. */
  event: Set<Outcome>;
  /** |P(event) - Q(event)| is at least this, except with probability `error`. */
  lowerBound: number;
};

/**
 * Plays the attacker: tries to tell two neighbouring inputs apart by their outputs. If the mechanism is rho-zCDP, the
 * total variation distance is at most sqrt(rho/2) (Pinsker), so a larger lower bound refutes the charge.
 * Outcomes are compared by value (strings or numbers).
 */
export function distinguish<Outcome extends string | number>(args: {
  left: () => Outcome;
  right: () => Outcome;
  /** Samples a side, for the event and again for the bound. */
  samples: number;
  /** Chance that the bound is wrong, all tails together. */
  error: number;
}): Distinguished<Outcome> {
  const { left, right, samples, error } = args;
  const event = chooseEvent(tally(left, samples), tally(right, samples));
  const p = countIn(event, left, samples);
  const q = countIn(event, right, samples);
  const tail = error / 4;
  const boundsP = clopperPearson(p, samples, tail);
  const boundsQ = clopperPearson(q, samples, tail);
  return {
    event,
    lowerBound: Math.max(0, boundsP.lower - boundsQ.upper, boundsQ.lower - boundsP.upper),
  };
}

function tally<Outcome>(draw: () => Outcome, samples: number): Map<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (let i = 0; i < samples; i += 1) {
    const outcome = draw();
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}

function chooseEvent<Outcome>(left: Map<Outcome, number>, right: Map<Outcome, number>): Set<Outcome> {
  const event = new Set<Outcome>();
  for (const [outcome, count] of left) if (count > (right.get(outcome) ?? 0)) event.add(outcome);
  return event;
}

function countIn<Outcome>(event: Set<Outcome>, draw: () => Outcome, samples: number): number {
  let count = 0;
  for (let i = 0; i < samples; i += 1) if (event.has(draw())) count += 1;
  return count;
}
