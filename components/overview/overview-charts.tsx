'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatRhoShort } from '#lib/i18n/quantities';
import type { DatasetSpend } from '#lib/overview/dataset-spend';
import type { OutcomePoint } from '#lib/overview/outcomes-over-time';
import type { Bucket } from '#lib/time/range-presets';
import { ChartFrame } from '../ui/chart/chart-frame.tsx';

type Props = {
  /** The starts of all buckets of the range, so that quiet ones are drawn too. */
  starts: string[];
  bucket: Bucket;
  /** What begins after it is not known yet, which is not nothing. */
  now: string;
  spend: DatasetSpend[];
  outcomes: OutcomePoint[];
};

/** Spend of the datasets and requests by outcome, over the page's range. */
export function OverviewCharts({ spend, outcomes, ...time }: Props) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <SpendChart {...time} spend={spend} />
      <OutcomesChart {...time} outcomes={outcomes} />
    </div>
  );
}

function SpendChart({ starts, bucket, now, spend }: Omit<Props, 'outcomes'>) {
  const t = useTranslations('overview.charts');
  const locale = useLocale();
  const spent = spend.filter((dataset) => dataset.points.length > 0);
  const byDataset = spent.map(({ id, points }) => ({ id, at: new Map(points.map((p) => [p.at, p.rho])) }));
  const total = spent.flatMap(({ points }) => points).reduce((sum, point) => sum + point.rho, 0);
  return (
    <ChartFrame
      title={t('spend')}
      summary={t('spendSummary', { rho: formatRhoShort(String(total), locale) })}
      spec={{
        kind: spent.length > 1 ? 'stacked' : 'bar',
        // Nothing spent is a zero that is known, as long as anything was spent in the range at all.
        points: spent.length
          ? starts.map((x) => ({
              x,
              ...Object.fromEntries(byDataset.map(({ id, at }) => [id, x > now ? null : (at.get(x) ?? 0)])),
            }))
          : [],
        series: spent.map(({ id, name }) => ({ key: id, label: name })),
        x: { kind: 'time', label: t(`from.${bucket}`) },
        unit: t(`spendUnit.${bucket}`),
      }}
    />
  );
}

function OutcomesChart({ starts, bucket, now, outcomes }: Omit<Props, 'spend'>) {
  const t = useTranslations('overview.charts');
  const states = useTranslations('requests.states');
  const known = new Map(outcomes.map((point) => [point.at, point]));
  const sum = (state: 'answered' | 'failed' | 'refused') =>
    outcomes.reduce((total, point) => total + point[state], 0);
  const inProgress = outcomes.some((point) => point.reserved > 0);
  return (
    <ChartFrame
      title={t('outcomes')}
      summary={t('outcomesSummary', {
        answered: sum('answered'),
        refused: sum('refused'),
        failed: sum('failed'),
      })}
      spec={{
        kind: 'stacked',
        points: outcomes.length
          ? starts.map((x) => {
              if (x > now) return { x };
              const { answered = 0, refused = 0, failed = 0, reserved = 0 } = known.get(x) ?? {};
              return { x, answered, refused, failed, ...(inProgress ? { reserved } : {}) };
            })
          : [],
        series: [
          { key: 'answered', label: states('answered'), colour: 1 },
          { key: 'refused', label: states('refused'), colour: 2 },
          { key: 'failed', label: states('failed'), colour: 4 },
          ...(inProgress ? [{ key: 'reserved', label: states('reserved'), colour: 3 as const }] : []),
        ],
        x: { kind: 'time', label: t(`from.${bucket}`) },
        unit: t(`outcomesUnit.${bucket}`),
        whole: true,
      }}
    />
  );
}
