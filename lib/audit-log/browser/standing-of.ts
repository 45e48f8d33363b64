import type { CheckResult } from './tried.ts';
import { nodesSigned } from './verify-cosignatures.ts';
import type { HeadVerdict } from './verify-head.ts';

/** What a head that this browser verified is worth: signed by most nodes, by too few, or while a node refuses the log. */
export type HeadStanding = CheckResult | 'unwitnessed' | 'contested';

type Around = {
  /** The nodes that are to co-sign. */
  nodeIds: readonly string[];
  /** How many alerts about the log fire. */
  alerts: number;
};

/** Verified is only what most nodes vouch for too: a router can show every browser a fork of its own. */
export function standingOf(
  { overall, cosigned }: Pick<HeadVerdict, 'overall' | 'cosigned'>,
  { nodeIds, alerts }: Around,
): HeadStanding {
  if (overall !== 'holds') return overall;
  if (alerts > 0) return 'contested';
  return 2 * nodesSigned(cosigned, nodeIds) > nodeIds.length ? 'holds' : 'unwitnessed';
}
