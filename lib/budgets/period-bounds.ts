/** The first moment of a period and the first after it: a calendar year, by UTC. */
export function periodBounds(period: string): { start: Date; end: Date } {
  const year = Number(period);
  return { start: new Date(Date.UTC(year, 0, 1)), end: new Date(Date.UTC(year + 1, 0, 1)) };
}
