import { useLocale, useTranslations } from 'next-intl';
import { type PromiseReport, violationsOf } from '#lib/overview/promise-checks';
import { levelsMet, type ServiceLevels } from '#lib/overview/service-levels';
import type { SpendToday } from '#lib/overview/spend-today';
import { Figure, Figures } from '../ui/figure.tsx';
import { Time } from '../ui/time.tsx';

type Props = { report: PromiseReport; needs: number; levels: ServiceLevels; spend: SpendToday };

/** The page's answer: is the promise kept, does anything wait, are we fast enough, do we spend at our pace. */
export function OverviewFigures({ report, needs, levels, spend }: Props) {
  return (
    <Figures>
      <ViolationsFigure report={report} />
      <NeedsFigure needs={needs} />
      <LatencyFigure levels={levels} />
      <SpendFigure spend={spend} />
    </Figures>
  );
}

function ViolationsFigure({ report }: { report: PromiseReport }) {
  const t = useTranslations('overview.figures');
  const format = new Intl.NumberFormat(useLocale());
  const violations = violationsOf(report);
  const notMade = report.checks.filter((check) => check.state === 'notMade').length;
  const comparison =
    violations > 0
      ? ({ tone: 'danger', text: t('promiseBroken') } as const)
      : notMade > 0
        ? ({ tone: 'attention', text: t('promiseUnsure', { count: notMade }) } as const)
        : ({ tone: 'ok', text: t('promiseKept', { count: report.checks.length }) } as const);
  return (
    <Figure
      label={t('violations')}
      value={format.format(violations)}
      comparison={comparison}
      note={t.rich('checked', { at: () => <Time at={report.checkedAt} /> })}
      link={{ href: '#promise', label: t('toChecks') }}
    />
  );
}

function NeedsFigure({ needs }: { needs: number }) {
  const t = useTranslations('overview.figures');
  const format = new Intl.NumberFormat(useLocale());
  return (
    <Figure
      label={t('needs')}
      value={format.format(needs)}
      comparison={
        needs > 0 ? { tone: 'attention', text: t('needsSome') } : { tone: 'ok', text: t('needsNone') }
      }
      link={{ href: '#needs', label: t('toNeeds') }}
    />
  );
}

function LatencyFigure({ levels }: { levels: ServiceLevels }) {
  const t = useTranslations('overview.figures');
  const format = new Intl.NumberFormat(useLocale());
  const met = levelsMet(levels);
  const { p95Ms } = levels;
  if (met === null) return <Figure label={t('latency')} value={null} note={t('notMeasured')} />;
  return (
    <Figure
      label={t('latency')}
      value={p95Ms === null ? null : format.format(p95Ms)}
      unit={p95Ms === null ? null : 'ms'}
      comparison={met ? { tone: 'ok', text: t('levelsMet') } : { tone: 'attention', text: t('levelsMissed') }}
      note={t('measured', { count: levels.answered })}
      link={{ href: '#levels', label: t('toLevels') }}
    />
  );
}

function SpendFigure({ spend }: { spend: SpendToday }) {
  const t = useTranslations('overview.figures');
  const format = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 1 });
  const first = spend.datasets.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
  if (!first) return <Figure label={t('spend')} value={null} note={t('noDataset')} />;
  return (
    <Figure
      label={t('spend')}
      value={format.format(first.spentQuestions)}
      unit={t('ofPlan', { plan: first.planQuestions })}
      comparison={
        first.overPlan ? { tone: 'attention', text: t('overPlan') } : { tone: 'ok', text: t('withinPlan') }
      }
      note={spend.datasets.length > 1 ? t('ofDataset', { name: first.name }) : first.name}
      link={{ href: '#spend', label: t('toSpend') }}
    />
  );
}

function shareOf({ spentQuestions, planQuestions }: SpendToday['datasets'][number]): number {
  return planQuestions > 0 ? spentQuestions / planQuestions : spentQuestions > 0 ? Infinity : 0;
}
