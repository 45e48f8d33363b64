'use client';

import { useTranslations } from 'next-intl';
import { problemOf } from '../console-api.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Term } from '../ui/term.tsx';
import { EfficiencyFigures } from './efficiency-figures.tsx';
import { useAccountEfficiency } from './use-efficiency.ts';

type Props = { accountId: string; period: string; spentRho: string };

/** How much of what was charged is proved to be needed: composed on request, for it takes longer than a page may. */
export function EfficiencyPanel({ accountId, period, spentRho }: Props) {
  const t = useTranslations('efficiency');
  const { data, error, refetch } = useAccountEfficiency(accountId, spentRho);
  return (
    <Panel title={<Term name="budgetEfficiency">{t('title')}</Term>}>
      {data ? (
        <EfficiencyFigures measured={data} />
      ) : error ? (
        <ErrorState
          live
          title={t('failed')}
          reference={problemOf(error).reference}
          onRetry={() => void refetch()}
        >
          {t('failedText')}
        </ErrorState>
      ) : (
        <div role="status" className="flex flex-col gap-3">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-6 w-2/3" />
          <Skeleton className="h-28 w-full" />
        </div>
      )}
      {data && data.efficiency === null ? (
        <p className="mt-1 text-muted text-sm">{t('emptyText', { period })}</p>
      ) : null}
    </Panel>
  );
}
