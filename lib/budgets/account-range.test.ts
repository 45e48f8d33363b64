import { describe, expect, it } from 'vitest';
import { accountRange } from './account-range.ts';

const now = new Date('2026-11-23T06:00:00Z');
const options = { zone: 'Europe/Paris', now };

describe("the time of an account's page", () => {
  it('is the last 90 days of a period that runs', () => {
    expect(accountRange({}, '2026', options)).toMatchObject({ preset: '90d', to: now.toISOString() });
  });

  it('is the whole of a period that is over, by UTC as the period itself', () => {
    const year = {
      preset: 'custom',
      from: '2025-01-01T00:00:00.000Z',
      to: '2026-01-01T00:00:00.000Z',
      bucket: 'week',
      zone: 'Europe/Paris',
    };
    expect(accountRange({}, '2025', options)).toEqual(year);
    expect(accountRange({ range: 'custom', from: 'x', to: 'y' }, '2025', options)).toEqual(year);
  });

  it('is what was chosen, of whichever period', () => {
    expect(accountRange({ range: '7d' }, '2025', options).preset).toBe('7d');
    const days = { range: 'custom', from: '2025-03-01', to: '2025-03-02' };
    expect(accountRange(days, '2025', options)).toMatchObject({
      from: '2025-02-28T23:00:00.000Z',
      to: '2025-03-02T23:00:00.000Z',
    });
  });
});
