import { useTranslations } from 'next-intl';
import { type ChartPoint, type ChartSpec, colourOf, valueAt } from './chart-data.ts';
import { useChartFormat } from './use-chart-format.ts';

/** The exact values at one place. */
export function ChartTooltip({ spec, point }: { spec: ChartSpec; point: ChartPoint }) {
  const t = useTranslations('chart');
  const format = useChartFormat(spec);
  return (
    <div className="figures flex flex-col gap-0.5 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm">
      <span className="text-muted">{format.place(point.x)}</span>
      {spec.series.map((series, index) => {
        const value = valueAt(point, series.key);
        return (
          <span key={series.key} className="flex items-center gap-2">
            <span
              data-bar="swatch"
              className="size-2.5 rounded-[2px]"
              style={{ background: colourOf(series, index) }}
            />
            <span className="flex-1">{series.label}</span>
            <span className="font-medium">{value === null ? t('missing') : format.value(value)}</span>
          </span>
        );
      })}
    </div>
  );
}
