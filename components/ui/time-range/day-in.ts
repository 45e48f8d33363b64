/** The day of an instant in a zone, as a date field wants it. */
export function dayIn(at: string, timeZone: string): string {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  // Sweden writes its days the way ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(at));
}
