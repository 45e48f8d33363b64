import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { type ChargedRow, outcomeOf } from './request-outcome.ts';

type Row = ChargedRow & {
  mechanism: string;
  epsilon: { toNumber(): number } | null;
  delta: string | null;
};

/**
 * The epsilon that bounds what the request let go or still may let go (at the request's delta): the one asked for, or
 * what was reserved for a short answer, which may be less. Stopping early, and being charged less, does not lower it:
 * when to stop may depend on what was drawn. Null where nothing private was asked, and so nothing was let go.
 */
export function boundOf(row: Row): number | null {
  const outcome = outcomeOf(row);
  if (outcome !== 'answered' && outcome !== 'reserved' && outcome !== 'failed') return null;
  if (row.mechanism === 'short-answer' && row.delta !== null)
    return epsilonFromRho(row.rhoPico, Number(row.delta));
  return row.epsilon?.toNumber() ?? null;
}
