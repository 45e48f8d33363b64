import type { CheckResult } from './tried.ts';
import type { HeadVerdict } from './verify-head.ts';

/** What a head that this browser verified is worth: signed by most nodes, by too few, or while a node refuses the log. */
export type HeadStanding = CheckResult | 'unwitnessed' | 'contested';

type Around = {
  /** How many nodes are to co-sign. */
  nodes: number;
  /** How many alerts about the log fire. */
  alerts: number;
};

/** Verified is only what most nodes vouch for too: a router can show every browser a fork of its own. */
export function standingOf(
  { overall, cosigned }: Pick<HeadVerdict, 'overall' | 'cosigned'>,
  { nodes, alerts }: Around,
): HeadStanding {
  if (overall !== 'holds') return overall;
  if (alerts > 0) return 'contested';
  const signed = cosigned.filter(({ result }) => result === 'holds').length;
  return 2 * signed > Math.max(nodes, cosigned.length) ? 'holds' : 'unwitnessed';
}
