import { tableShape } from '#lib/tables/table-shape';
import type { ChartPoint } from '../ui/chart/chart-data.ts';

/** Fixed data for the Design page: no hospital is called so, and nothing here was measured. */
export const SAMPLE_STATES = ['ready', 'slow', 'away'] as const;
export type SampleRow = {
  id: string;
  name: string;
  state: (typeof SAMPLE_STATES)[number];
  region: string;
  records: number;
  addedAt: string;
};

const REGIONS = ['DE', 'FR', 'NL', 'ES'];
const FIRST_DAY = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;

export const SAMPLE_ROWS: SampleRow[] = Array.from({ length: 60 }, (_, index) => ({
  id: `sample-${String(index + 1).padStart(2, '0')}`,
  name: `Sample ${String(index + 1).padStart(2, '0')}`,
  state: SAMPLE_STATES[(index * 7) % 3]!,
  region: REGIONS[(index * 5) % 4]!,
  records: ((index * 7919) % 9000) + 100,
  addedAt: new Date(FIRST_DAY + index * DAY_MS).toISOString(),
}));

const sorts = ['name', 'records', 'addedAt'] as const;

export const sampleShape = tableShape({
  sorts,
  defaultSort: '-addedAt',
  filters: { state: SAMPLE_STATES, region: null },
  sizes: [10, 25, 50],
});

export const smallShape = tableShape({
  prefix: 'small',
  sorts,
  defaultSort: 'name',
  filters: { state: SAMPLE_STATES },
});

/** Two lines over days; one has days without any value. */
export const SAMPLE_POINTS: ChartPoint[] = Array.from({ length: 30 }, (_, index) => ({
  x: new Date(Date.UTC(2026, 2, 15) + index * DAY_MS).toISOString(),
  median: 420 + 60 * Math.sin(index / 3),
  slowest: index > 11 && index < 15 ? null : 900 + 180 * Math.sin(index / 4 + 1),
}));

export const SAMPLE_BARS: ChartPoint[] = ['Cardiology', 'Oncology', 'Neurology', 'Surgery'].map(
  (department, index) => ({ x: department, answered: 40 - index * 7, refused: 3 + index * 2 }),
);
