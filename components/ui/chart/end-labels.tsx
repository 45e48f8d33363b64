'use client';

import { usePlotArea, useYAxisScale } from 'recharts';
import { type ChartSpec, colourOf, valueAt } from './chart-data.ts';
import { spreadApart } from './spread-apart.ts';

const LINE_PX = 15;

/** Names each line at its end, so that nobody has to match colours with a legend. */
export function EndLabels({ spec }: { spec: ChartSpec }) {
  const area = usePlotArea();
  const scale = useYAxisScale();
  if (!area || !scale) return null;
  const ends = spec.series.flatMap((series, index) => {
    const last = spec.points.map((point) => valueAt(point, series.key)).findLast((value) => value !== null);
    const y = last === undefined || last === null ? undefined : scale(last);
    return y === undefined ? [] : [{ label: series.label, colour: colourOf(series, index), y }];
  });
  const places = spreadApart(
    ends.map((end) => end.y),
    LINE_PX,
    area.y,
    area.y + area.height,
  );
  return (
    <g aria-hidden>
      {ends.map(({ label, colour }, index) => (
        <text
          key={label}
          x={area.x + area.width + 8}
          y={places[index]}
          dy="0.35em"
          fontSize={12}
          fill={colour}
        >
          {label.length > 20 ? `${label.slice(0, 19)}…` : label}
        </text>
      ))}
    </g>
  );
}
