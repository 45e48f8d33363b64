'use client';

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useMedia } from '../use-media.ts';
import { type ChartSpec, colourOf, valueAt } from './chart-data.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { EndLabels } from './end-labels.tsx';
import { useChartFormat } from './use-chart-format.ts';

const AXIS = { stroke: 'var(--line-strong)', tick: { fill: 'var(--muted)', fontSize: 12 }, tickLine: false };
const LABEL_ROOM_PX = 132;

/** The drawing itself. Nothing moves by itself, nothing is shaded, and what is not known is left blank. */
export function ChartPlot({ spec }: { spec: ChartSpec }) {
  const format = useChartFormat(spec);
  const wide = useMedia('(min-width: 640px)');
  const { points, series, thresholds = [], x } = spec;
  const bars = spec.kind === 'bar' || spec.kind === 'stacked';
  const labelled = wide && !bars && series.length > 1;
  const data = points.map((point) => ({ ...point, x: x.kind === 'time' ? Date.parse(point.x) : point.x }));
  const isTimeLine = x.kind === 'time' && !bars;
  const tickOf = (place: number | string) =>
    format.tick(typeof place === 'number' ? new Date(place).toISOString() : place);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data}
        margin={{ top: 20, right: labelled ? LABEL_ROOM_PX : 16, bottom: 4, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} syncWithTicks stroke="var(--line)" />
        <XAxis
          {...AXIS}
          dataKey="x"
          minTickGap={32}
          tickFormatter={tickOf}
          {...(isTimeLine ? { type: 'number', scale: 'time', domain: ['dataMin', 'dataMax'] } : {})}
        />
        <YAxis
          {...AXIS}
          axisLine={false}
          width={64}
          domain={[0, spec.max === undefined ? 'auto' : (highest: number) => Math.max(highest, spec.max!)]}
          allowDecimals={!spec.whole}
          tickFormatter={format.value}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={bars ? { fill: 'var(--sunken)' } : { stroke: 'var(--line-strong)' }}
          content={({ active, payload }) => {
            const place: unknown = active ? payload?.[0]?.payload?.x : null;
            const point = data.findIndex((candidate) => candidate.x === place);
            return point >= 0 ? <ChartTooltip spec={spec} point={points[point]!} /> : null;
          }}
        />
        {series.map((one, index) => {
          const colour = colourOf(one, index);
          const common = {
            dataKey: (point: (typeof data)[number]) => valueAt(point as never, one.key),
            name: one.label,
            isAnimationActive: false,
          };
          const line = {
            ...common,
            type: spec.kind === 'step' ? ('stepAfter' as const) : ('linear' as const),
            stroke: colour,
            strokeWidth: 2,
            dot: false,
            activeDot: { r: 4 },
            connectNulls: false,
            ...(one.dashed ? { strokeDasharray: '5 4' } : {}),
          };
          if (bars) {
            const stack = spec.kind === 'stacked' ? { stackId: 'all' } : {};
            return <Bar key={one.key} {...common} {...stack} fill={colour} maxBarSize={48} />;
          }
          return spec.kind === 'area' ? (
            <Area key={one.key} {...line} fill={colour} fillOpacity={0.15} />
          ) : (
            <Line key={one.key} {...line} />
          );
        })}
        {thresholds.map(({ value, label, tone }) => (
          <ReferenceLine
            key={label}
            y={value}
            ifOverflow="extendDomain"
            stroke={`var(--${tone})`}
            strokeDasharray="6 4"
            label={{ value: label, position: 'insideBottomLeft', fill: `var(--${tone})`, fontSize: 12 }}
          />
        ))}
        {labelled ? <EndLabels spec={spec} /> : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
