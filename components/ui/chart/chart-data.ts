import type { Tone } from '../state.tsx';

/** How values are written: on the axis, on hover and in the table. */
export type ValueFormat = 'number' | 'share' | 'durationMs' | 'epsilon' | 'rho';

/** One point: its place on the x axis (an ISO instant, or a category) and a value per series; null where none is known. */
export type ChartPoint = { x: string } & { [series: string]: number | string | null };

export type ChartSeries = {
  key: string;
  label: string;
  /** 1 to 6 of the categorical colours; in the order of the series where it is left out. */
  colour?: 1 | 2 | 3 | 4 | 5 | 6;
  /** For what is expected rather than measured. */
  dashed?: boolean;
};

export type Threshold = {
  value: number;
  /** What it means, in words: "Target 2 s". */
  label: string;
  tone: Exclude<Tone, 'neutral'>;
};

export type ChartKind = 'line' | 'step' | 'area' | 'bar' | 'stacked';

/** All that a chart draws. Plain data, so that a page on the server can pass it. */
export type ChartSpec = {
  kind: ChartKind;
  points: ChartPoint[];
  series: ChartSeries[];
  /** `time`: instants in the viewer's zone; else categories in the order given. */
  x: { kind: 'time' | 'category'; label: string };
  /** What is measured and in what: "Latency (ms)", "Requests per hour". */
  unit: string;
  format?: ValueFormat;
  thresholds?: Threshold[];
  /** Counts: between two whole numbers the axis has no mark. */
  whole?: boolean;
  /** The axis ends here at least; a share ends at 1. */
  max?: number;
};

/** A series' value at a point; null where there is none: a gap, never a zero. */
export function valueAt(point: ChartPoint, key: string): number | null {
  const value = point[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function colourOf(series: ChartSeries, index: number): string {
  return `var(--chart-${series.colour ?? (index % 6) + 1})`;
}

/**
 * Whether there is anything to draw, and whether all of it is there. What is expected rather than measured is not asked
 * for where there are measurements, nor are measurements where only the expectation can be.
 */
export function coverage({ points, series }: ChartSpec): 'empty' | 'partial' | 'full' {
  const isKnown = (point: ChartPoint) => (one: ChartSeries) => valueAt(point, one.key) !== null;
  const measured = series.filter((one) => !one.dashed);
  const expected = series.filter((one) => one.dashed);
  const known = points.flatMap((point) => {
    const values = measured.map(isKnown(point));
    return values.includes(true) || !expected.some(isKnown(point)) ? values : [];
  });
  if (!points.some((point) => series.some(isKnown(point)))) return 'empty';
  return known.includes(false) ? 'partial' : 'full';
}
