import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ENTRY_KINDS, ENTRY_MECHANISMS } from '#lib/budgets/entry-table';
import type { ExplainedEntry } from '#lib/budgets/explain-entries';
import { shorten } from '#lib/i18n/quantities';
import type { Column } from '../ui/data-table/columns.ts';
import { rowLinkStyles } from '../ui/data-table/table-parts.tsx';
import { Hash } from '../ui/hash.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { SignedRho } from './signed-rho.tsx';

/** The columns of an account's entries: what moved, by what, and how the account stood after it. */
export function useEntryColumns(): Column<ExplainedEntry>[] {
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
    {
      key: 'mechanism',
      heading: t('mechanism'),
      cell: (row) => <MechanismCell row={row} />,
      filter: {
        options: ENTRY_MECHANISMS.map((value) => ({ value, label: words.mechanism(value) ?? value })),
      },
    },
    {
      key: 'spent',
      heading: t('spentDelta'),
      term: 'rho',
      figures: true,
      cell: (row) => <SignedRho rho={row.spentDelta} />,
    },
    {
      key: 'epsilon',
      heading: t('epsilonDelta'),
      term: 'epsilon',
      figures: true,
      roomy: true,
      cell: (row) => (row.epsilon === null ? '–' : <Epsilon epsilon={row.epsilon} delta={row.delta} />),
    },
    {
      key: 'reserved',
      heading: t('reservedDelta'),
      figures: true,
      roomy: true,
      cell: (row) => <SignedRho rho={row.reservedDelta} />,
    },
    {
      key: 'after',
      heading: t('spentAfter'),
      figures: true,
      cell: (row) => <Rho rho={row.spentAfter} fixed />,
    },
    {
      key: 'request',
      heading: t('request'),
      roomy: true,
      cell: (row) =>
        row.mayOpenRequest ? (
          <Link
            href={`/requests/${row.requestId}`}
            prefetch={false}
            className={`whitespace-nowrap font-mono text-xs ${rowLinkStyles}`}
          >
            {shorten(row.requestId, 8, 4)}
          </Link>
        ) : (
          <span className="text-muted">{t('lostRequest')}</span>
        ),
    },
    {
      key: 'leaf',
      heading: t('leaf'),
      roomy: true,
      cell: (row) => (row.leafHash ? <Hash value={row.leafHash} what={t('leafHash')} /> : '–'),
    },
  ];
}

/** The mechanism, and in small what it ran with that tells one question from another. */
function MechanismCell({ row }: { row: ExplainedEntry }) {
  const t = useTranslations('account.termsLine');
  const words = useVocabulary();
  const parts = (['labels', 'maxTokens', 'shards'] as const).flatMap((name) => {
    // An answer's candidates are the model's, not the caller's labels.
    const value = name === 'labels' && row.terms.maxTokens ? undefined : row.terms[name];
    return value === undefined ? [] : [t(name, { value })];
  });
  return (
    <span className="inline-flex flex-col">
      {words.mechanism(row.mechanism)}
      {parts.length > 0 ? <span className="text-muted text-xs">{parts.join(' · ')}</span> : null}
    </span>
  );
}
