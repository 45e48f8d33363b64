/** What is checked to say that the promise is kept, in the order in which it is shown. */
export const PROMISE_CHECKS = ['caps', 'sums', 'leaves', 'alerts', 'head'] as const;
export type PromiseCheckName = (typeof PROMISE_CHECKS)[number];

/** `notMade`: what it needs could not be reached. It is never counted as kept. */
export type PromiseCheck = {
  name: PromiseCheckName;
  state: 'kept' | 'broken' | 'notMade';
  /** How many accounts, leaves or alerts were looked at. */
  checked: number;
  /** What does not hold: accounts by id and name, or the head's faults and alerts by code. */
  violations: { id: string; name: string }[];
};

export type PromiseReport = { checkedAt: Date; checks: PromiseCheck[] };

export function violationsOf(report: PromiseReport): number {
  return report.checks.reduce((sum, check) => sum + check.violations.length, 0);
}
