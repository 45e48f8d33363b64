import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketStartOf, bucketStarts, parseRange } from './range.ts';

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
];
const now = new Date('2026-11-23T04:08:27Z');

describe('a range', () => {
  it.each([
    ['24h', '2026-11-22T04:08:27.000Z', 'hour'],
    ['7d', '2026-11-16T04:08:27.000Z', 'day'],
    ['30d', '2026-10-24T03:08:27.000Z', 'day'],
    ['12mo', '2025-11-23T04:08:27.000Z', 'week'],
    ['month', '2026-10-31T23:00:00.000Z', 'day'],
    ['year', '2025-12-31T23:00:00.000Z', 'week'],
  ])('%s reaches back by the calendar of the zone', (range, from, bucket) => {
    const expected = { preset: range, from, to: now.toISOString(), bucket, zone: 'Europe/Paris' };
    expect(parseRange({ range }, { zone: 'Europe/Paris', now })).toEqual(expected);
  });

  it('takes whole days, the last one too, though a day of the change of clocks has 25 hours', () => {
    const params = { range: 'custom', from: '2026-10-25', to: '2026-10-25' };
    expect(parseRange(params, { zone: 'Europe/Paris', now })).toMatchObject({
      preset: 'custom',
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });

  it('takes minutes as they are', () => {
    const params = { range: 'custom', from: '2026-03-01T10:00', to: '2026-03-01T12:30' };
    expect(parseRange(params, { zone: 'Asia/Kathmandu', now })).toMatchObject({
      from: '2026-03-01T04:15:00.000Z',
      to: '2026-03-01T06:45:00.000Z',
      bucket: 'hour',
    });
  });

  it.each([
    {},
    { range: 'ever' },
    { range: 'custom' },
    { range: 'custom', from: '2026-02-30', to: '2026-03-01' },
    { range: 'custom', from: '2026-03-02', to: '2026-03-01' },
    { range: 'custom', from: '1900-01-01', to: '2026-03-01' },
    { range: 'custom', from: '0000-01-01', to: '0001-01-01' },
    { range: 'custom', from: '1969-12-31', to: '1970-06-01' },
    { range: 'custom', from: '9999-12-01', to: '9999-12-31' },
    { range: 'custom', from: '+020000-01-01T00:00', to: '+020000-02-01T00:00' },
    { range: 'custom', from: "'; drop table", to: 'x' },
  ])('falls back for %o', (params) => {
    expect(parseRange(params, { zone: 'UTC', now, fallback: '7d' }).preset).toBe('7d');
  });
});

describe('buckets', () => {
  it('name the same hour of the clock twice when it is set back, and none when it is set forward', () => {
    const zone = 'Europe/Paris';
    const hours = (day: string) =>
      bucketStarts({ ...parseRange({ range: 'custom', from: day, to: day }, { zone, now }), bucket: 'hour' });
    expect(hours('2026-10-25')).toHaveLength(25);
    expect(hours('2026-03-29')).toHaveLength(23);
    expect(hours('2026-06-01')).toHaveLength(24);
  });

  it('begin days at midnight of the zone on both sides of a change', () => {
    const range = parseRange(
      { range: 'custom', from: '2026-03-28', to: '2026-03-30' },
      { zone: 'Europe/Paris', now },
    );
    expect(bucketStarts({ ...range, bucket: 'day' })).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('hold every instant of their range, in order and without gaps', () => {
    const instants = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    const buckets = fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const);
    fc.assert(
      fc.property(
        instants,
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        fc.constantFrom(...ZONES),
        buckets,
        (at, days, zone, bucket) => {
          const to = new Date(at.getTime() + days * 86_400_000);
          const starts = bucketStarts({ from: at.toISOString(), to: to.toISOString(), bucket, zone });
          expect(starts[0]).toBe(bucketStartOf(at, bucket, zone));
          expect(starts.at(-1)).toBe(bucketStartOf(new Date(to.getTime() - 1), bucket, zone));
          expect(starts.toSorted()).toEqual(starts);
          expect(new Set(starts).size).toBe(starts.length);
          for (const start of starts) expect(bucketStartOf(start, bucket, zone)).toBe(start);
        },
      ),
    );
  });
});
