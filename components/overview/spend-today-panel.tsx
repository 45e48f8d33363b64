import { Database } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { SpendToday } from '#lib/overview/spend-today';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { StateBadge } from '../ui/state.tsx';

type Row = SpendToday['datasets'][number];
type Props = { spend: SpendToday; epsilon: number; delta: number };

/** What the datasets spent today, beside an even pace to the period's end. */
export function SpendTodayPanel({ spend, epsilon, delta }: Props) {
  const t = useTranslations('overview.spend');
  const format = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 1 });
  const columns: Column<Row>[] = [
    {
      key: 'dataset',
      heading: t('dataset'),
      title: true,
      cell: (row) => (
        <Link
          href={`/budgets/${row.id}`}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {row.name}
        </Link>
      ),
    },
    { key: 'spent', heading: t('spent'), figures: true, cell: (row) => <Rho rho={row.spentRho} /> },
    { key: 'plan', heading: t('plan'), figures: true, cell: (row) => <Rho rho={row.planRho} /> },
    {
      key: 'questions',
      heading: t('questions'),
      figures: true,
      cell: (row) =>
        t('ofPlan', { spent: format.format(row.spentQuestions), plan: format.format(row.planQuestions) }),
    },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => (
        <StateBadge tone={row.overPlan ? 'attention' : 'ok'}>
          {t(row.overPlan ? 'over' : 'within')}
        </StateBadge>
      ),
    },
  ];
  return (
    <Panel title={<span id="spend">{t('title')}</span>} flush>
      {spend.datasets.length === 0 ? (
        <Empty icon={Database} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <>
          <SimpleTable
            caption={t('title')}
            columns={columns}
            rows={spend.datasets}
            rowKey={(row) => row.id}
          />
          <p className="border-t px-4 py-3 text-muted text-sm">
            {t.rich('method', {
              days: spend.daysLeft,
              epsilon: () => <Epsilon epsilon={epsilon} delta={delta} />,
            })}
          </p>
        </>
      )}
    </Panel>
  );
}
