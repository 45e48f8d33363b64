import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';

type Change = Pick<ChangeView, 'kind' | 'name' | 'period' | 'fromRho' | 'toRho'>;

/** A change in words: what it does to which budget. */
export function useChangeWords() {
  const t = useTranslations('decisions');
  return {
    title: (change: Change) => t(`titles.${titleOf(change)}`, { name: change.name, period: change.period }),
  };
}

function titleOf({ kind, fromRho, toRho }: Change) {
  if (kind !== 'cap') return kind;
  return Number(toRho) > Number(fromRho) ? 'raise' : 'lower';
}
