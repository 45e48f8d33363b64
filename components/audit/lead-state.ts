import type { CheckResult } from '#lib/audit-log/browser/tried';

/** What is known of the looks at the head that this page took. */
type Looks = {
  data: { verdict: { overall: CheckResult }; kept: { seenAtMs: number } | null } | undefined;
  error: unknown;
  /** When the last look that came to an end did. */
  dataUpdatedAt: number;
};

export type LeadState = {
  /** `stale`: it held when it was last looked at, and the last try to look again failed. */
  state: CheckResult | 'stale';
  /** When a head last held in this browser; null where none ever did. */
  verifiedAtMs: number | null;
};

/** What the page may say: never that the head is verified where the last try to verify it did not succeed. */
export function leadState({ data, error, dataUpdatedAt }: Looks): LeadState {
  if (!data) return { state: 'unable', verifiedAtMs: null };
  const { overall } = data.verdict;
  const verifiedAtMs = overall === 'holds' ? dataUpdatedAt : (data.kept?.seenAtMs ?? null);
  return { state: error && overall === 'holds' ? 'stale' : overall, verifiedAtMs };
}
