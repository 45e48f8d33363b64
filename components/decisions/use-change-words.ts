import { useLocale, useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { formatDelta, formatEpsilon } from '#lib/i18n/quantities';

type Change = Pick<
  ChangeView,
  'kind' | 'name' | 'period' | 'fromRho' | 'toRho' | 'fromEpsilon' | 'toEpsilon' | 'delta'
>;

/** A change in words: what it does to which budget, and by how much. */
export function useChangeWords() {
  const t = useTranslations('decisions');
  const locale = useLocale();
  return {
    title: (change: Change) => t(`titles.${titleOf(change)}`, { name: change.name, period: change.period }),
    /** "ε 10.0 → ε 12.0 · δ 1e-5"; null for what changes no cap. */
    figures: ({ fromEpsilon, toEpsilon, delta }: Change) => {
      if (toEpsilon === null) return null;
      const to = `ε ${formatEpsilon(toEpsilon, locale)} · δ ${formatDelta(delta)}`;
      return fromEpsilon === null ? to : `ε ${formatEpsilon(fromEpsilon, locale)} → ${to}`;
    },
  };
}

function titleOf({ kind, fromRho, toRho }: Change) {
  if (kind !== 'cap') return kind;
  return Number(toRho) > Number(fromRho) ? 'raise' : 'lower';
}
