'use client';

import { useTranslations } from 'next-intl';
import { ChartFrame } from '../ui/chart/chart-frame.tsx';
import { SAMPLE_BARS, SAMPLE_POINTS } from './samples.ts';

export function ChartSamples() {
  const t = useTranslations('design.charts');
  const time = { kind: 'time' as const, label: t('day') };
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <ChartFrame
        title={t('lines')}
        summary={t('linesSummary')}
        spec={{
          kind: 'line',
          points: SAMPLE_POINTS,
          series: [
            { key: 'median', label: t('median') },
            { key: 'slowest', label: t('slowest'), dashed: true },
          ],
          x: time,
          unit: t('latency'),
          format: 'durationMs',
          thresholds: [{ value: 1200, label: t('target'), tone: 'attention' }],
        }}
      />
      <ChartFrame
        title={t('area')}
        summary={t('areaSummary')}
        spec={{
          kind: 'area',
          points: SAMPLE_POINTS,
          series: [{ key: 'median', label: t('median') }],
          x: time,
          unit: t('latency'),
          format: 'durationMs',
        }}
      />
      <ChartFrame
        title={t('bars')}
        summary={t('barsSummary')}
        spec={{
          kind: 'stacked',
          points: SAMPLE_BARS,
          series: [
            { key: 'answered', label: t('answered') },
            { key: 'refused', label: t('refused') },
          ],
          x: { kind: 'category', label: t('department') },
          unit: t('requests'),
          whole: true,
        }}
      />
      <ChartFrame
        title={t('nothing')}
        summary={t('nothing')}
        spec={{ kind: 'line', points: [], series: [{ key: 'a', label: 'A' }], x: time, unit: t('latency') }}
      />
    </div>
  );
}
