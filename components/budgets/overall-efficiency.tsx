'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatShareAtMost } from '#lib/i18n/quantities';
import { Skeleton } from '../ui/skeleton.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';
import { usePeriodEfficiency } from './use-efficiency.ts';

type Props = { period: string; spentRho: string };

/** One line under the list: how tightly its budgets were charged, all together. */
export function OverallEfficiency({ period, spentRho }: Props) {
  const t = useTranslations('efficiency');
  const locale = useLocale();
  const { data, error } = usePeriodEfficiency(period, spentRho);
  if (error) return <p className="text-muted text-sm">{t('overallFailed')}</p>;
  if (!data)
    return (
      <div role="status">
        <span className="sr-only">{t('loading')}</span>
        <Skeleton className="h-5 w-full max-w-xl" />
      </div>
    );
  return (
    <p data-testid="overall-efficiency" className="figures text-sm">
      <Term name="budgetEfficiency">{t('title')}</Term>:{' '}
      {data.efficiency === null
        ? t('overallNone', { period })
        : t('overall', {
            share: formatShareAtMost(data.efficiency, locale),
            period,
            count: data.accounts,
            atTarget: data.atTarget,
          })}{' '}
      <span className="text-muted">
        {t.rich('computedAt', { time: () => <Time at={data.computedAt} short /> })}
      </span>
    </p>
  );
}
