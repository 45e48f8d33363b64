import { ChartLine } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { SpendPoint } from '#lib/budgets/account-series';
import type { Projected } from '#lib/budgets/project-spend';
import { formatRhoShort } from '#lib/i18n/quantities';
import type { Bucket } from '#lib/time/range-presets';
import { ChartFrame } from '../ui/chart/chart-frame.tsx';
import { Empty } from '../ui/empty.tsx';

type Props = {
  name: string;
  capRho: string;
  /** In all its period, which may be outside the page's time. */
  spentRho: string;
  isGuarantee: boolean;
  points: SpendPoint[];
  projected: Projected[];
  bucket: Bucket;
};

/** Spend over the page's time: the running total against the cap with where it goes, and what each day added. */
export function SpendPanel({ name, capRho, spentRho, isGuarantee, points, projected, bucket }: Props) {
  const t = useTranslations('account');
  const locale = useLocale();
  const total = points.findLast((point) => point.totalRho !== null)?.totalRho ?? 0;
  const inRange = points.reduce((sum, point) => sum + (point.spentRho ?? 0), 0);
  const short = (rho: number) => formatRhoShort(String(rho), locale);
  const now = points.at(-1);
  const time = { kind: 'time' as const, label: t('time') };
  const spent = total > 0;
  const spentEver = Number(spentRho) > 0;
  const empty = (
    <Empty icon={ChartLine} title={t(spentEver ? 'noSpendHere' : 'noSpend')}>
      {t(spentEver ? 'noSpendHereText' : 'noSpendText')}
    </Empty>
  );
  return (
    <>
      <ChartFrame
        title={t('chart')}
        summary={t('chartSummary', { name, total: short(total), cap: short(Number(capRho)) })}
        empty={empty}
        spec={{
          kind: 'line',
          // A total is known at the end of its hour or day.
          points: spent
            ? [
                ...points.map((point) => ({
                  x: point.end,
                  total: point.totalRho,
                  projected: point === now && projected.length > 0 ? point.totalRho : null,
                })),
                ...projected.map((point) => ({ x: point.at, total: null, projected: point.totalRho })),
              ]
            : [],
          series: [
            { key: 'total', label: t('totalSeries') },
            ...(projected.length > 0
              ? [{ key: 'projected', label: t('projectedSeries'), colour: 1 as const, dashed: true }]
              : []),
          ],
          x: time,
          unit: t('totalUnit'),
          thresholds: [
            {
              value: Number(capRho),
              label: t(isGuarantee ? 'capLine' : 'limitLine', { rho: short(Number(capRho)) }),
              tone: 'danger',
            },
          ],
        }}
      />
      <ChartFrame
        title={t(`bars.${bucket}`)}
        summary={t('barsSummary', { rho: short(inRange) })}
        empty={empty}
        spec={{
          kind: 'bar',
          points: spent ? points.map((point) => ({ x: point.start, spent: point.spentRho })) : [],
          series: [{ key: 'spent', label: t('spent') }],
          x: time,
          unit: t(`barsUnit.${bucket}`),
        }}
      />
    </>
  );
}
