'use client';

import { Rows3 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { FilterOptions } from '#lib/requests/filter-options';
import type { RequestRow } from '#lib/requests/list-requests';
import { REQUEST_STATES } from '#lib/requests/request-states';
import { REQUEST_ROUTES, REQUEST_TABLE } from '#lib/requests/request-table';
import { buttonStyles } from '../ui/button.tsx';
import type { Column } from '../ui/data-table/columns.ts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { RequestPeek } from './request-peek.tsx';
import { RequestStateBadge } from './request-state.tsx';

type Props = {
  rows: RequestRow[];
  next: string | null;
  options: FilterOptions;
  /** Others' requests are among them. */
  showPeople: boolean;
  mayExport: boolean;
  mayAsk: boolean;
};

/** Requests by the page, with what they were charged. Who asked is shown to those who oversee others. */
export function RequestsTable({ rows, next, options, showPeople, mayExport, mayAsk }: Props) {
  const t = useTranslations('requests');
  return (
    <DataTable
      caption={t('caption')}
      columns={useColumns(options, showPeople)}
      rows={rows}
      rowKey={(row) => row.id}
      shape={REQUEST_TABLE}
      server={{ next, ...(mayExport ? { exportHref: '/api/console/requests/export' } : {}) }}
      rowHref={(row) => `/requests/${row.id}`}
      searchLabel={t('search')}
      peek={{ title: () => t('peekTitle'), content: (row) => <RequestPeek row={row} /> }}
      empty={
        <Empty
          icon={Rows3}
          title={t('empty')}
          actions={
            mayAsk ? (
              <Link href="/ask" className={buttonStyles()}>
                {t('askOne')}
              </Link>
            ) : null
          }
        >
          {t('emptyText')}
        </Empty>
      }
    />
  );
}

function useColumns(options: FilterOptions, showPeople: boolean): Column<RequestRow>[] {
  const t = useTranslations('requests');
  const words = useVocabulary();
  const people: Column<RequestRow>[] = [
    {
      key: 'user',
      heading: t('who'),
      cell: (row) => (row.isOwn ? t('you') : (row.userName ?? t('unknownPerson'))),
      filter: { options: options.users },
    },
    {
      key: 'department',
      heading: t('department'),
      hidden: true,
      cell: (row) => row.departmentName ?? '–',
      filter: { options: options.departments },
    },
  ];
  return [
    { key: 'createdAt', heading: t('when'), title: true, cell: (row) => <Time short at={row.createdAt} /> },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => <RequestStateBadge state={row.state} />,
      filter: { options: REQUEST_STATES.map((value) => ({ value, label: t(`states.${value}`) })) },
    },
    ...(showPeople ? people : []),
    {
      key: 'purpose',
      heading: t('purpose'),
      cell: (row) => row.purpose,
      hidden: showPeople,
      filter: { options: options.purposes },
    },
    {
      key: 'route',
      heading: t('route'),
      roomy: true,
      cell: (row) => words.route(row.route),
      filter: { options: REQUEST_ROUTES.map((value) => ({ value, label: words.route(value) })) },
    },
    {
      key: 'mechanism',
      heading: t('mechanism'),
      cell: (row) => words.mechanism(row.mechanism),
      hidden: true,
      filter: {
        options: (['vote', 'consensus', 'short-answer', 'completion'] as const).map((value) => ({
          value,
          label: words.mechanism(value) ?? value,
        })),
      },
    },
    {
      key: 'cohort',
      heading: t('cohort'),
      term: 'shard',
      figures: true,
      hidden: true,
      cell: (row) => (row.nodes > 0 ? t('cohortText', { nodes: row.nodes, shards: row.shards }) : '–'),
    },
    {
      key: 'epsilon',
      heading: t('epsilon'),
      term: 'epsilon',
      figures: true,
      cell: (row) =>
        row.epsilon !== null && row.delta !== null ? (
          <Epsilon epsilon={row.epsilon} delta={row.delta} />
        ) : (
          '–'
        ),
    },
    {
      key: 'charged',
      heading: t('charged'),
      term: 'rho',
      figures: true,
      cell: (row) => <Rho rho={row.chargedRho} />,
    },
    {
      key: 'id',
      heading: t('id'),
      hidden: true,
      cell: (row) => <span className="font-mono text-xs">{row.id.slice(0, 8)}</span>,
    },
  ];
}
