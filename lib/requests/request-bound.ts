import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { type ChargedRow, outcomeOf } from './request-outcome.ts';

type Row = ChargedRow & {
  mechanism: string;
  epsilon: { toNumber(): number } | null;
  delta: string | null;
};

/**
 * The epsilon that bounds what the request let go or still may let go (at the request's delta): the one asked for, or
 * what its price converts to where that may be less, as of a part that was drawn. Null where nothing private was asked,
 * and so nothing was let go.
 */
export function boundOf(row: Row): number | null {
  const outcome = outcomeOf(row);
  if (outcome !== 'answered' && outcome !== 'reserved' && outcome !== 'failed') return null;
  const price = outcome === 'reserved' ? row.rhoPico : row.chargedRhoPico;
  const isLess = row.mechanism === 'short-answer' || price < row.rhoPico;
  if (isLess && row.delta !== null) return epsilonFromRho(price, Number(row.delta));
  return row.epsilon?.toNumber() ?? null;
}
