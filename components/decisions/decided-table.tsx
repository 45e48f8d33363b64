import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Time } from '../ui/time.tsx';
import { ChangeFigures } from './change-figures.tsx';
import { ChangeState } from './change-state.tsx';
import { useChangeWords } from './use-change-words.ts';

type Props = { changes: ChangeView[]; title: string };

/** What became of proposals: by whom, when, to what. Undoing one is a new proposal. */
export function DecidedTable({ changes, title }: Props) {
  const t = useTranslations('decisions');
  const words = useChangeWords();
  const columns: Column<ChangeView>[] = [
    {
      key: 'change',
      heading: t('columns.change'),
      title: true,
      cell: (change) => (
        <Link
          href={`/decisions/${change.id}`}
          prefetch={false}
          className="block min-w-48 underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {words.title(change)}
        </Link>
      ),
    },
    {
      key: 'cap',
      heading: t('columns.cap'),
      cell: (change) => (change.toEpsilon === null ? t('noCap') : <ChangeFigures change={change} />),
    },
    { key: 'state', heading: t('columns.state'), cell: ({ state }) => <ChangeState state={state} /> },
    {
      key: 'by',
      heading: t('columns.people'),
      cell: (change) =>
        t(change.state === 'withdrawn' ? 'peopleWithdrawn' : 'people', {
          proposed: change.proposedBy ?? t('unknown'),
          decided: change.decidedBy ?? t('unknown'),
        }),
    },
    {
      key: 'at',
      heading: t('columns.at'),
      cell: ({ decidedAt }) => (decidedAt ? <Time short at={decidedAt} /> : null),
    },
  ];
  return (
    <Panel title={title} flush>
      {changes.length === 0 ? (
        <p className="px-4 py-3 text-muted text-sm">{t('noneDecided')}</p>
      ) : (
        <SimpleTable caption={title} columns={columns} rows={changes} rowKey={({ id }) => id} />
      )}
    </Panel>
  );
}
