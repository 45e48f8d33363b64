'use client';

import { useLocale } from 'next-intl';
import { formatEpsilon, formatRhoShort, formatShare } from '#lib/i18n/quantities';
import { useRegion, useTimeZone } from '../time.tsx';
import type { ChartSpec } from './chart-data.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Writes a chart's values and places for this viewer. */
export function useChartFormat({ points, x, format = 'number' }: ChartSpec) {
  const locale = useLocale();
  const region = useRegion();
  const timeZone = useTimeZone();
  const span = Date.parse(points.at(-1)?.x ?? '') - Date.parse(points[0]?.x ?? '');
  const tick = new Intl.DateTimeFormat(region, {
    timeZone,
    ...(span <= 2 * DAY_MS
      ? { hour: '2-digit', minute: '2-digit' }
      : span <= 400 * DAY_MS
        ? { month: 'short', day: 'numeric' }
        : { month: 'short', year: 'numeric' }),
  });
  const moment = new Intl.DateTimeFormat(region, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const value = (amount: number): string => {
    switch (format) {
      case 'share':
        return formatShare(amount, locale);
      case 'durationMs':
        return amount >= 1000 ? `${number.format(amount / 1000)} s` : `${number.format(amount)} ms`;
      case 'epsilon':
        return `ε ${formatEpsilon(amount, locale)}`;
      case 'rho':
        return `ρ ${formatRhoShort(String(amount), locale)}`;
      case 'number':
        return number.format(amount);
    }
  };
  const isTime = x.kind === 'time';
  return {
    timeZone,
    value,
    tick: (place: string) => (isTime ? tick.format(new Date(place)) : place),
    place: (place: string) => (isTime ? moment.format(new Date(place)) : place),
  };
}
