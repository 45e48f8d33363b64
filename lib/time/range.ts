import { Temporal } from 'temporal-polyfill';
import { type Bucket, RANGE_PRESETS, type RangePreset, type TimeRange } from './range-presets.ts';

type Params = Record<string, string | string[] | null | undefined>;
type Options = {
  zone: string;
  now?: Date;
  /** A preset, or two instants; `to` is not in the range. */
  fallback?: Exclude<RangePreset, 'custom'> | { from: Date; to: Date };
};

type Span = { from: Temporal.ZonedDateTime; to: Temporal.ZonedDateTime };

/** What a custom range may span: more would be more points than anybody can read. */
const MAX_YEARS = 10;
/** Instants beyond are written in another form (+010000-), and nobody has asked anything then. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

/** The range an address names, in the viewer's zone; `fallback` (30 days) where it names none that makes sense. */
export function parseRange(params: Params, { zone, now = new Date(), fallback = '30d' }: Options): TimeRange {
  const read = (name: string) => [params[name]].flat()[0] ?? undefined;
  const end = zonedOf(now, zone);
  const asked = RANGE_PRESETS.find((preset) => preset === read('range'));
  const custom = asked === 'custom' ? customSpan(read('from'), read('to'), zone) : null;
  const preset = asked === 'custom' || asked === undefined ? fallback : asked;
  const isPreset = typeof preset === 'string';
  const { from, to } =
    custom ??
    (isPreset
      ? { from: startOf(preset, end), to: end }
      : { from: zonedOf(preset.from, zone), to: zonedOf(preset.to, zone) });
  return {
    preset: custom || !isPreset ? 'custom' : preset,
    from: isoOf(from),
    to: isoOf(to),
    bucket: bucketFor({ from, to }),
    zone,
  };
}

/** The starts of the range's buckets in its zone, the first one at or before `from`: the points a chart must have. */
export function bucketStarts({ from, to, bucket, zone }: Omit<TimeRange, 'preset'>): string[] {
  const end = Temporal.Instant.from(to).epochMilliseconds;
  const starts: string[] = [];
  let start = floor(Temporal.Instant.from(from).toZonedDateTimeISO(zone), bucket);
  while (start.epochMilliseconds < end) {
    starts.push(isoOf(start));
    start = next(start, bucket);
  }
  return starts;
}

/** The start of the bucket an instant falls into; agrees with `bucketStarts`, also where clocks change. */
export function bucketStartOf(at: string | Date, bucket: Bucket, zone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime());
  return isoOf(floor(instant.toZonedDateTimeISO(zone), bucket));
}

function startOf(preset: RangePreset, end: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  switch (preset) {
    case '24h':
      return end.subtract({ hours: 24 });
    case '7d':
      return end.subtract({ days: 7 });
    case '90d':
      return end.subtract({ days: 90 });
    case '12mo':
      return end.subtract({ months: 12 });
    case 'month':
      return floor(end, 'month');
    case 'year':
      return floor(end, 'month').with({ month: 1 });
    default:
      return end.subtract({ days: 30 });
  }
}

/** Days are meant whole: the last one is in the range. Minutes are meant as they are. */
function customSpan(from: string | undefined, to: string | undefined, zone: string): Span | null {
  try {
    const start = toZoned(from!, zone);
    const last = toZoned(to!, zone);
    const end = isDay(to!) ? last.add({ days: 1 }) : last;
    const ordered = Temporal.ZonedDateTime.compare(start, end) < 0;
    const short = Temporal.ZonedDateTime.compare(end, start.add({ years: MAX_YEARS })) <= 0;
    const known = start.year >= FIRST_YEAR && end.withTimeZone('UTC').year <= LAST_YEAR;
    return ordered && short && known ? { from: start, to: end } : null;
  } catch {
    return null;
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function toZoned(text: string, zone: string): Temporal.ZonedDateTime {
  return isDay(text)
    ? Temporal.PlainDate.from(text).toZonedDateTime(zone)
    : Temporal.PlainDateTime.from(text).toZonedDateTime(zone);
}

function bucketFor({ from, to }: Span): Bucket {
  const days = (to.epochMilliseconds - from.epochMilliseconds) / 86_400_000;
  if (days <= 3) return 'hour';
  if (days <= 100) return 'day';
  return days <= 400 ? 'week' : 'month';
}

function floor(at: Temporal.ZonedDateTime, bucket: Bucket): Temporal.ZonedDateTime {
  if (bucket === 'hour') {
    // By the instant, not the clock: where it is set back, the same hour of the clock comes twice.
    const { minute, second, millisecond, microsecond, nanosecond } = at;
    return at.subtract({
      minutes: minute,
      seconds: second,
      milliseconds: millisecond,
      microseconds: microsecond,
      nanoseconds: nanosecond,
    });
  }
  const day = at.startOfDay();
  if (bucket === 'day') return day;
  // Monday first, as date_trunc('week') in Postgres has it.
  if (bucket === 'week') return day.subtract({ days: day.dayOfWeek - 1 }).startOfDay();
  return day.with({ day: 1 }).startOfDay();
}

function next(start: Temporal.ZonedDateTime, bucket: Bucket): Temporal.ZonedDateTime {
  if (bucket === 'hour') return start.add({ hours: 1 });
  const after = bucket === 'day' ? { days: 1 } : bucket === 'week' ? { days: 7 } : { months: 1 };
  return start.add(after).startOfDay();
}

const zonedOf = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

const isoOf = (at: Temporal.ZonedDateTime): string => new Date(at.epochMilliseconds).toISOString();
