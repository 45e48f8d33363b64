import { expect, it } from 'vitest';
import { projectSpend } from './project-spend.ts';

const now = new Date('2026-06-15T00:00:00Z');
const account = { period: '2026', spentRho: '0.5', capRho: '1' };
const range = (days: number) => ({
  preset: 'custom' as const,
  from: new Date(now.getTime() - days * 86_400_000).toISOString(),
  to: now.toISOString(),
  bucket: 'day' as const,
  zone: 'UTC',
});
const daily = Array(56).fill(1e10);

it('goes on at the mean pace, half as far as is shown of the past', () => {
  const points = projectSpend(account, daily, range(4), now);
  expect(points.map((point) => point.at.slice(0, 10))).toEqual(['2026-06-16', '2026-06-17']);
  expect(points[0]!.totalRho).toBeCloseTo(0.51, 12);
  expect(points[1]!.totalRho).toBeCloseTo(0.52, 12);
});

it('stops at the cap and with the period', () => {
  const points = projectSpend(account, daily, { ...range(400), bucket: 'day' }, now);
  expect(points.at(-1)).toEqual({ at: '2027-01-01T00:00:00.000Z', totalRho: 1 });
});

it('is none without spend, for a period that is over, and for a range of the past', () => {
  expect(projectSpend(account, Array(56).fill(0), range(4), now)).toEqual([]);
  expect(projectSpend(account, [], range(4), now)).toEqual([]);
  expect(projectSpend({ ...account, period: '2025' }, daily, range(4), now)).toEqual([]);
  expect(projectSpend(account, daily, range(4), new Date('2026-07-15T00:00:00Z'))).toEqual([]);
});
