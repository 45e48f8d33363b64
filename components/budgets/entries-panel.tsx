import { ListTree } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { EntryRow } from '#lib/budgets/account-entries';
import { shorten } from '#lib/i18n/quantities';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Pager } from '../ui/pager.tsx';
import { Panel } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';

type Props = { accountId: string; entries: EntryRow[]; next: string | null; firstPage: boolean };

/** The ledger's moves on one account, newest first. */
export function EntriesPanel({ accountId, entries, next, firstPage }: Props) {
  const t = useTranslations('account');
  const words = useVocabulary();
  const columns: Column<EntryRow>[] = [
    { key: 'when', heading: t('when'), title: true, cell: (row) => <Time short at={row.createdAt} /> },
    { key: 'kind', heading: t('entryKind'), cell: (row) => t(`entryKinds.${row.kind}`) },
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
          className="whitespace-nowrap font-mono text-xs underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {shorten(row.requestId, 8, 4)}
        </Link>
      ),
    },
  ];
  return (
    <Panel title={t('entries')} flush>
      {entries.length > 0 ? (
        <SimpleTable caption={t('entries')} columns={columns} rows={entries} rowKey={(row) => row.id} />
      ) : (
        <Empty icon={ListTree} title={t('noEntries')}>
          {t('noEntriesText')}
        </Empty>
      )}
      <Pager
        label={t('entriesPages')}
        newestHref={firstPage ? null : `/budgets/${accountId}`}
        olderHref={next ? `/budgets/${accountId}?after=${next}` : null}
      />
    </Panel>
  );
}
