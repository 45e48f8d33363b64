'use client';

import { ChartLine } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Empty } from '../empty.tsx';
import { Panel } from '../panel.tsx';
import { Segments } from '../segments.tsx';
import { type ChartSpec, coverage } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartSkeleton } from './chart-skeleton.tsx';
import { ChartTable } from './chart-table.tsx';
import { useChartFormat } from './use-chart-format.ts';

// Recharts is larger than all the rest of a page: it comes when a chart is there to be drawn.
const ChartPlot = dynamic(() => import('./chart-plot.tsx').then((module) => module.ChartPlot), {
  ssr: false,
  loading: ChartSkeleton,
});

type Props = {
  title: string;
  /** What the picture shows in one sentence, for those who do not see it: the answer, not the axes. */
  summary: string;
  spec: ChartSpec;
  actions?: ReactNode;
  /** What will be here and how to get it, where there is no point yet. */
  empty?: ReactNode;
};

/** A chart with all that it needs to be read: unit, zone, thresholds in words, its numbers as a table. */
export function ChartFrame({ title, summary, spec, actions, empty }: Props) {
  const t = useTranslations('chart');
  const id = useId();
  const { timeZone } = useChartFormat(spec);
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const state = coverage(spec);
  return (
    <Panel
      title={title}
      flush={state !== 'empty' && view === 'table'}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          {actions}
          {state === 'empty' ? null : (
            <Segments
              label={`${t('view')}: ${title}`}
              value={view}
              onChange={setView}
              options={[
                { value: 'chart', label: t('asChart') },
                { value: 'table', label: t('asTable') },
              ]}
            />
          )}
        </div>
      }
    >
      {state === 'empty' ? (
        <div className="flex min-h-64 items-center justify-center">
          {empty ?? (
            <Empty icon={ChartLine} title={t('noData')}>
              {t('noDataText')}
            </Empty>
          )}
        </div>
      ) : view === 'table' ? (
        <ChartTable caption={title} spec={spec} />
      ) : (
        <figure className="flex flex-col gap-1">
          <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-muted text-xs">
            <span>{spec.unit}</span>
            <ChartLegend spec={spec} />
          </div>
          <div role="img" aria-labelledby={`${id}-summary`} className="h-64 w-full">
            <ChartPlot spec={spec} />
          </div>
          <figcaption className="flex flex-wrap justify-between gap-x-4 text-muted text-xs">
            <span id={`${id}-summary`}>{summary}</span>
            <span>{spec.x.kind === 'time' ? t('zone', { zone: timeZone }) : spec.x.label}</span>
          </figcaption>
          {state === 'partial' ? <p className="text-muted text-xs">{t('partial')}</p> : null}
        </figure>
      )}
    </Panel>
  );
}
