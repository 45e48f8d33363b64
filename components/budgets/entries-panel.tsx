'use client';

import { ListTree } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ENTRY_TABLE } from '#lib/budgets/entry-table';
import type { ExplainedEntry } from '#lib/budgets/explain-entries';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { useEntryColumns } from './entry-columns.tsx';

type Props = {
  accountId: string;
  rows: ExplainedEntry[];
  next: string | null;
  mayExport: boolean;
  /** The entry that the address names, rendered on the server. */
  peek: { id: string | null; node: ReactNode };
};

/** The ledger's moves on one account in the page's time, each with all that stands behind it. */
export function EntriesPanel({ accountId, rows, next, mayExport, peek }: Props) {
  const t = useTranslations('account');
  const words = useVocabulary();
  return (
    <Panel title={t('entries')} flush>
      <DataTable
        caption={t('entries')}
        columns={useEntryColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        shape={ENTRY_TABLE}
        server={{ next, ...(mayExport ? { exportHref: `/api/console/budgets/${accountId}/export` } : {}) }}
        peek={{
          title: (row) =>
            t('entry.title', {
              kind: t(`entryKinds.${row.kind}`),
              mechanism: words.mechanism(row.mechanism) ?? row.mechanism,
            }),
          content: peek,
        }}
        empty={
          <Empty icon={ListTree} title={t('noEntries')}>
            {t('noEntriesText')}
          </Empty>
        }
      />
    </Panel>
  );
}
