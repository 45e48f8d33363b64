/** The seconds that the product printed behind one of its steps, e.g. "Demo data ready (24.1 s)". */
export function stepSeconds(said: readonly string[], step: string): number {
  for (const line of said) {
    if (!line.startsWith(`${step} (`)) continue;
    const seconds = Number.parseFloat(line.slice(step.length + 2));
    if (Number.isFinite(seconds)) return seconds;
  }
  throw new Error(`The product did not say how long "${step}" took.`);
}
