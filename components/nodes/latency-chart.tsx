'use client';

import { useTranslations } from 'next-intl';
import type { LatencyPoint } from '#lib/nodes/node-latency';
import { ChartFrame } from '../ui/chart/chart-frame.tsx';
import { useNodeWords } from './use-node-words.tsx';

type Props = {
  points: LatencyPoint[];
  widthMinutes: number;
  medianMs: number | null;
  lostShare: number | null;
};

/** A node's answers to public probes over time. Where nothing was heard, the line has a gap. */
export function LatencyChart({ points, widthMinutes, medianMs, lostShare }: Props) {
  const t = useTranslations('nodes.latencyChart');
  const words = useNodeWords();
  return (
    <ChartFrame
      title={t('title')}
      summary={t('summary', { median: words.ms(medianMs), lost: words.share(lostShare) })}
      spec={{
        kind: 'line',
        points: points.map(({ at, medianMs: median, slowestMs: slowest }) => ({ x: at, median, slowest })),
        series: [
          { key: 'median', label: t('median') },
          { key: 'slowest', label: t('slowest'), dashed: true },
        ],
        x: { kind: 'time', label: t('from', { minutes: widthMinutes }) },
        unit: t('unit', { minutes: widthMinutes }),
        format: 'durationMs',
      }}
    />
  );
}
