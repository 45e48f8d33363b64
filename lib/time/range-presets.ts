/** The spans a page can be asked for. `month` and `year` are the running ones; the others reach back from now. */
export const RANGE_PRESETS = ['24h', '7d', '30d', '90d', '12mo', 'month', 'year', 'custom'] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

/** How far apart the points of a chart over the range stand. */
export type Bucket = 'hour' | 'day' | 'week' | 'month';

/** A range as it goes to the browser: `from` is in it, `to` is not. */
export type TimeRange = {
  preset: RangePreset;
  /** ISO instants. */
  from: string;
  to: string;
  bucket: Bucket;
  /** The zone in which days begin. */
  zone: string;
};

/** What the address may say: `range`, and for a custom one its first and last day (or minute) in the viewer's zone. */
export const RANGE_PARAMS = ['range', 'from', 'to'] as const;
