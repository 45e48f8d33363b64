import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { type ChargedRow, outcomeOf } from './request-outcome.ts';

type Row = ChargedRow & { epsilon: { toNumber(): number } | null; delta: string | null };

/**
 * The epsilon that bounds what the request let go or still may let go (at the request's delta): the one asked for, or
 * what a part of its price converts to where only that was drawn. Null where nothing private was asked, and so nothing
 * was let go.
 */
export function boundOf(row: Row): number | null {
  const outcome = outcomeOf(row);
  if (outcome !== 'answered' && outcome !== 'reserved' && outcome !== 'failed') return null;
  const isPart = outcome !== 'reserved' && row.chargedRhoPico < row.rhoPico;
  if (isPart && row.delta !== null) return epsilonFromRho(row.chargedRhoPico, Number(row.delta));
  return row.epsilon?.toNumber() ?? null;
}
