'use client';

import { ListTree } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { EntryRow } from '#lib/budgets/account-entries';
import { ENTRY_KINDS, ENTRY_TABLE } from '#lib/budgets/entry-table';
import { shorten } from '#lib/i18n/quantities';
import type { Column } from '../ui/data-table/columns.ts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { rowLinkStyles } from '../ui/data-table/table-parts.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';

type Props = { accountId: string; rows: EntryRow[]; next: string | null; mayExport: boolean };

/** The ledger's moves on one account in the page's time. */
export function EntriesPanel({ accountId, rows, next, mayExport }: Props) {
  const t = useTranslations('account');
  return (
    <Panel title={t('entries')} flush>
      <DataTable
        caption={t('entries')}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        shape={ENTRY_TABLE}
        server={{ next, ...(mayExport ? { exportHref: `/api/console/budgets/${accountId}/export` } : {}) }}
        empty={
          <Empty icon={ListTree} title={t('noEntries')}>
            {t('noEntriesText')}
          </Empty>
        }
      />
    </Panel>
  );
}

function useColumns(): Column<EntryRow>[] {
  const t = useTranslations('account');
  const words = useVocabulary();
  return [
    { key: 'createdAt', heading: t('when'), title: true, cell: (row) => <Time short at={row.createdAt} /> },
    {
      key: 'kind',
      heading: t('entryKind'),
      cell: (row) => t(`entryKinds.${row.kind}`),
      filter: { options: ENTRY_KINDS.map((value) => ({ value, label: t(`entryKinds.${value}`) })) },
    },
    { key: 'mechanism', heading: t('mechanism'), cell: (row) => words.mechanism(row.mechanism) },
    { key: 'spent', heading: t('spentDelta'), figures: true, cell: (row) => <Rho rho={row.spentDelta} /> },
    {
      key: 'reserved',
      heading: t('reservedDelta'),
      figures: true,
      cell: (row) => <Rho rho={row.reservedDelta} />,
    },
    {
      key: 'request',
      heading: t('request'),
      cell: (row) => (
        <Link
          href={`/requests/${row.requestId}`}
          prefetch={false}
          className={`whitespace-nowrap font-mono text-xs ${rowLinkStyles}`}
        >
          {shorten(row.requestId, 8, 4)}
        </Link>
      ),
    },
  ];
}
