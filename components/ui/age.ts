const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 minutes ago" in a language; seconds are not told apart. A clock that runs behind never makes it the future. */
export function formatAge(ageMs: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = STEPS.find(([, ms]) => ageMs >= ms);
  return step ? format.format(-Math.floor(ageMs / step[1]), step[0]) : format.format(0, 'second');
}
