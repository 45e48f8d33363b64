import { useLocale } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { formatEpsilon } from '#lib/i18n/quantities';
import { Epsilon } from '../ui/quantity.tsx';

/** By how much: "ε 10.0 → ε 12.0 · δ 1e-5". Nothing for what changes no cap. */
export function ChangeFigures({ change }: { change: ChangeView }) {
  const locale = useLocale();
  const { fromEpsilon, toEpsilon, delta } = change;
  if (toEpsilon === null) return null;
  return (
    <span className="figures whitespace-nowrap">
      {fromEpsilon === null ? null : `ε ${formatEpsilon(fromEpsilon, locale)} → `}
      <Epsilon epsilon={toEpsilon} delta={delta} />
    </span>
  );
}
