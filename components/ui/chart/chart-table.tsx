'use client';

import { useTranslations } from 'next-intl';
import type { Column } from '../data-table/columns.ts';
import { SimpleTable } from '../data-table/simple-table.tsx';
import { type ChartPoint, type ChartSpec, valueAt } from './chart-data.ts';
import { useChartFormat } from './use-chart-format.ts';

/** The chart's numbers, newest first where they are over time. */
export function ChartTable({ caption, spec }: { caption: string; spec: ChartSpec }) {
  const t = useTranslations('chart');
  const format = useChartFormat(spec);
  const columns: Column<ChartPoint>[] = [
    {
      key: 'x',
      heading: spec.x.kind === 'time' ? `${spec.x.label} (${format.timeZone})` : spec.x.label,
      title: true,
      cell: (point) => format.place(point.x),
    },
    ...spec.series.map(({ key, label }) => ({
      key,
      heading: spec.series.length === 1 ? spec.unit : label,
      figures: true,
      cell: (point: ChartPoint) => {
        const value = valueAt(point, key);
        return value === null ? <span className="text-muted">{t('missing')}</span> : format.value(value);
      },
    })),
  ];
  const rows = spec.x.kind === 'time' ? spec.points.toReversed() : spec.points;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section tabIndex={0} aria-label={caption} className="max-h-80 overflow-y-auto">
      <SimpleTable caption={caption} columns={columns} rows={rows} rowKey={(point) => point.x} />
    </section>
  );
}
