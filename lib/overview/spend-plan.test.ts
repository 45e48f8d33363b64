import { describe, expect, it } from 'vitest';
import { daysLeftInPeriod, evenPaceRhoPico } from './spend-plan.ts';

describe('the even pace', () => {
  it('counts the running day, by UTC', () => {
    expect(daysLeftInPeriod(new Date('2026-12-31T23:59:59Z'))).toBe(1);
    expect(daysLeftInPeriod(new Date('2026-12-31T00:00:00Z'))).toBe(1);
    expect(daysLeftInPeriod(new Date('2026-01-01T00:00:00Z'))).toBe(365);
    expect(daysLeftInPeriod(new Date('2028-01-01T00:00:00Z'))).toBe(366);
  });

  it('does not move while the day is spent', () => {
    const now = new Date('2026-12-22T10:00:00Z');
    expect(evenPaceRhoPico({ capRhoPico: 100n, spentRhoPico: 0n }, 0n, now)).toBe(10n);
    expect(evenPaceRhoPico({ capRhoPico: 100n, spentRhoPico: 35n }, 35n, now)).toBe(10n);
    expect(evenPaceRhoPico({ capRhoPico: 100n, spentRhoPico: 50n }, 0n, now)).toBe(5n);
  });

  it('is nothing once nothing is left', () => {
    const now = new Date('2026-12-22T10:00:00Z');
    expect(evenPaceRhoPico({ capRhoPico: 100n, spentRhoPico: 100n }, 0n, now)).toBe(0n);
  });
});
