import { type ChartSpec, colourOf } from './chart-data.ts';

/** Names the series where the drawing cannot: bars, and lines on a narrow screen, where no room is beside their ends. */
export function ChartLegend({ spec }: { spec: ChartSpec }) {
  if (spec.series.length < 2) return null;
  const bars = spec.kind === 'bar' || spec.kind === 'stacked';
  return (
    <ul className={`flex flex-wrap gap-x-4 gap-y-1 ${bars ? '' : 'sm:hidden'}`}>
      {spec.series.map((series, index) => (
        <li key={series.key} className="flex items-center gap-1.5">
          <span
            aria-hidden
            data-bar="swatch"
            className={bars ? 'size-2.5 rounded-[2px]' : 'h-0.5 w-4'}
            style={{ background: colourOf(series, index) }}
          />
          {series.label}
        </li>
      ))}
    </ul>
  );
}
