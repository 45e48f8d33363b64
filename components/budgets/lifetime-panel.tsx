import { Gauge } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Lifetime } from '#lib/budgets/lifetime';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';

type Props = { lifetime: Lifetime; accountId: string; isGuarantee: boolean };

/** What all periods together have spent: a reading that only rises, never a promise. */
export function LifetimePanel({ lifetime, accountId, isGuarantee }: Props) {
  const t = useTranslations('lifetime');
  const columns: Column<Lifetime['periods'][number]>[] = [
    {
      key: 'period',
      heading: t('period'),
      title: true,
      cell: (row) =>
        row.accountId === accountId ? (
          t('thisPeriod', { period: row.period })
        ) : (
          <Link
            href={`/budgets/${row.accountId}`}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          >
            {row.period}
          </Link>
        ),
    },
    { key: 'spent', heading: t('spent'), figures: true, cell: (row) => <Rho rho={row.spentRho} /> },
    {
      key: 'spentEpsilon',
      heading: t('spentEpsilon'),
      figures: true,
      cell: (row) => <Epsilon epsilon={row.spentEpsilon} delta={row.delta} />,
    },
    {
      key: 'cap',
      heading: t(isGuarantee ? 'guarantee' : 'limit'),
      figures: true,
      cell: (row) => <Epsilon epsilon={row.capEpsilon} delta={row.delta} />,
    },
  ];
  return (
    <Panel title={t('title')} flush>
      <div className="flex flex-col gap-2 border-b p-4">
        <p className="text-lg italic">
          <Gauge aria-hidden className="mr-2 inline size-5 align-text-bottom text-muted" />
          {t.rich('reading', {
            since: lifetime.since,
            rho: () => <Rho rho={lifetime.spentRho} />,
            epsilon: () => <Epsilon epsilon={lifetime.spentEpsilon} delta={lifetime.delta} />,
          })}
        </p>
        <p className="text-muted text-sm">
          {t.rich(isGuarantee ? 'noteGuarantee' : 'noteLimit', {
            epsilon: () => <Epsilon epsilon={lifetime.mostEpsilon} delta={lifetime.delta} />,
          })}
        </p>
      </div>
      <SimpleTable
        caption={t('title')}
        columns={columns}
        rows={lifetime.periods}
        rowKey={(row) => row.accountId}
      />
    </Panel>
  );
}
