import type { MeasuredAccount } from './efficiency-cache.ts';

/** What many accounts come to. An account's share is its charged epsilon, so that one with a single vote weighs little. */
export type OverallEfficiency = {
  /** null where nothing was charged. */
  efficiency: number | null;
  /** Accounts that were charged anything, and how many of them reach the target. */
  accounts: number;
  atTarget: number;
  /** When the latest of them was measured. */
  computedAt: Date;
};

/** The average of the accounts' efficiencies, weighted by what each was charged. */
export function overallEfficiency(measured: readonly MeasuredAccount[], now = new Date()): OverallEfficiency {
  const charged = measured.filter(({ efficiency }) => efficiency.efficiency !== null);
  const sum = (of: 'chargedEpsilon' | 'provenEpsilon') =>
    charged.reduce((total, { efficiency }) => total + efficiency[of], 0);
  return {
    efficiency: charged.length === 0 ? null : sum('provenEpsilon') / sum('chargedEpsilon'),
    accounts: charged.length,
    atTarget: charged.filter(({ efficiency }) => efficiency.reason === null).length,
    computedAt: new Date(
      Math.max(...measured.map(({ computedAt }) => computedAt.getTime()), 0) || now.getTime(),
    ),
  };
}
