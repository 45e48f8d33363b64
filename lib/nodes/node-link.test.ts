import { expect, it } from 'vitest';
import { widthFor } from './node-latency.ts';
import { HEARD_WITHIN_MS, linkOf } from './node-link.ts';

const now = new Date('2026-05-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

it('a node is connected as long as its probes come back', () => {
  const connectedSince = ago(3_600_000);
  expect(linkOf({ connectedSince, probedAt: ago(HEARD_WITHIN_MS) }, now)).toBe('connected');
  expect(linkOf({ connectedSince, probedAt: ago(HEARD_WITHIN_MS + 1) }, now)).toBe('silent');
  expect(linkOf({ connectedSince: ago(1_000), probedAt: null }, now)).toBe('connected');
  expect(linkOf({ connectedSince, probedAt: null }, now)).toBe('silent');
  expect(linkOf({ connectedSince: null, probedAt: now }, now)).toBe('away');
  expect(linkOf(null, now)).toBe('never');
});

it('a chart of latency has some hundreds of points at most', () => {
  const day = 24 * 3_600_000;
  expect([day / 8, day, 7 * day, 30 * day, 365 * day].map((span) => widthFor(span) / 60_000)).toEqual([
    1, 5, 60, 240, 1440,
  ]);
});
