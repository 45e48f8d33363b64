import type { TimeRange } from '#lib/time/range-presets';

export type Span = Pick<TimeRange, 'from' | 'to'>;
export type Buckets = Omit<TimeRange, 'preset'>;
