'use client';

import { ChartLine } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SpendPoint } from '#lib/budgets/account-series';
import { formatRhoShort } from '#lib/i18n/quantities';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Epsilon } from '../ui/quantity.tsx';
import { Segments } from '../ui/segments.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Time } from '../ui/time.tsx';

// Recharts is larger than the rest of the page: it comes when there is a line to draw.
const SpendChart = dynamic(() => import('./spend-chart.tsx').then((module) => module.SpendChart), {
  ssr: false,
  loading: () => <Skeleton className="h-[300px] w-full" />,
});

type Props = {
  name: string;
  capRho: string;
  spentRho: string;
  delta: string;
  unit: 'hour' | 'day';
  points: SpendPoint[];
  now: string;
};

/** Spend over time as a picture or as its numbers. */
export function SpendPanel({ name, capRho, spentRho, delta, unit, points, now }: Props) {
  const t = useTranslations('account');
  const locale = useLocale();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const [scale, setScale] = useState<'cap' | 'spend'>('cap');
  const columns: Column<SpendPoint>[] = [
    { key: 'at', heading: t(unit), title: true, cell: (point) => <Time short at={point.at} /> },
    {
      key: 'rho',
      heading: t('cumulative'),
      figures: true,
      cell: (point) => `ρ ${formatRhoShort(String(point.rho), locale)}`,
    },
    {
      key: 'epsilon',
      heading: t('cumulativeEpsilon'),
      figures: true,
      cell: (point) => <Epsilon epsilon={point.epsilon} delta={delta} />,
    },
  ];
  const spent = points.some((point) => point.rho > 0);
  return (
    <Panel
      title={t('chart')}
      flush={spent && view === 'table'}
      actions={
        spent ? (
          <div className="flex flex-wrap gap-2">
            {view === 'chart' ? (
              <Segments
                label={t('scale')}
                value={scale}
                onChange={setScale}
                options={[
                  { value: 'cap', label: t('againstCap') },
                  { value: 'spend', label: t('spendOnly') },
                ]}
              />
            ) : null}
            <Segments
              label={t('view')}
              value={view}
              onChange={setView}
              options={[
                { value: 'chart', label: t('asChart') },
                { value: 'table', label: t('asTable') },
              ]}
            />
          </div>
        ) : null
      }
    >
      {!spent ? (
        <Empty icon={ChartLine} title={t('noSpend')}>
          {t('noSpendText')}
        </Empty>
      ) : view === 'table' ? (
        <SimpleTable
          caption={t('chart')}
          columns={columns}
          rows={points.toReversed()}
          rowKey={(point) => point.at}
        />
      ) : (
        <SpendChart
          label={t('chartLabel', { name })}
          points={points}
          capRho={capRho}
          spentRho={spentRho}
          delta={delta}
          unit={unit}
          againstCap={scale === 'cap'}
          now={now}
        />
      )}
    </Panel>
  );
}
