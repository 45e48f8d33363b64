/**
 * The attacker of an audit: sees answers of two neighbouring federations and tries to tell which one gave them.
 * Answers are compared by value, as text.
 */
export type Tally = ReadonlyMap<string, number>;

/** How often the event happened on either side, out of equally many answers of each. */
export type Hits = { left: number; right: number; samplesPerSide: number };

/** What an attacker takes for a sign of `left`: the answers seen more often there. Chosen on data no bound uses. */
export function chooseEvent(left: Tally, right: Tally): ReadonlySet<string> {
  const event = new Set<string>();
  for (const [answer, count] of left) if (count > (right.get(answer) ?? 0)) event.add(answer);
  return event;
}

export function tally(answers: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return counts;
}

export function countIn(event: ReadonlySet<string>, answers: Iterable<string>): number {
  let count = 0;
  for (const answer of answers) if (event.has(answer)) count += 1;
  return count;
}
