/** Budgets run per calendar year in UTC: "2026". */
export function periodOf(date: Date): string {
  return String(date.getUTCFullYear());
}
