import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RequestRow } from '#lib/requests/list-requests';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { RequestStateBadge } from './request-state.tsx';

/** Requests, newest first. Who asked is shown to those who oversee others. */
export function RequestsTable({ rows, showPeople }: { rows: RequestRow[]; showPeople: boolean }) {
  const t = useTranslations('requests');
  const words = useVocabulary();
  const who: Column<RequestRow> = {
    key: 'who',
    heading: t('who'),
    cell: (row) => (row.isOwn ? t('you') : (row.userName ?? t('unknownPerson'))),
  };
  const columns: Column<RequestRow>[] = [
    {
      key: 'when',
      heading: t('when'),
      title: true,
      cell: (row) => (
        <Link
          href={`/requests/${row.id}`}
          prefetch={false}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          <Time short at={row.createdAt} />
        </Link>
      ),
    },
    { key: 'state', heading: t('state'), cell: (row) => <RequestStateBadge state={row.state} /> },
    ...(showPeople ? [who] : []),
    { key: 'route', heading: t('route'), cell: (row) => words.route(row.route) },
    {
      key: 'cohort',
      heading: t('cohort'),
      figures: true,
      cell: (row) => (row.nodes > 0 ? t('cohortText', { nodes: row.nodes, shards: row.shards }) : '–'),
    },
    {
      key: 'epsilon',
      heading: t('epsilon'),
      figures: true,
      cell: (row) =>
        row.epsilon !== null && row.delta !== null ? (
          <Epsilon epsilon={row.epsilon} delta={row.delta} />
        ) : (
          '–'
        ),
    },
    { key: 'charged', heading: t('charged'), figures: true, cell: (row) => <Rho rho={row.chargedRho} /> },
  ];
  return <SimpleTable caption={t('caption')} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
