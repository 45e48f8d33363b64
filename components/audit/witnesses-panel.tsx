'use client';

import { CircleHelp, Eye, ShieldCheck, ShieldX, TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { Cosigned } from '#lib/audit-log/browser/verify-cosignatures';
import { witnessName } from '#lib/audit-log/browser/witness-name';
import type { WitnessRow } from '#lib/audit-rows/witnesses';
import { formatAge } from '../ui/age.ts';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge, StateWord } from '../ui/state.tsx';
import { Term } from '../ui/term.tsx';
import { useNow } from '../ui/use-now.ts';
import { useLogHead } from './use-log-head.ts';

const LOOKS = {
  holds: { tone: 'ok', icon: ShieldCheck },
  absent: { tone: 'neutral', icon: Eye },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: CircleHelp },
  unknown: { tone: 'attention', icon: CircleHelp },
} as const;

/** Who else vouches for the log: the node of each hospital, what it signed last and whether it is on this head. */
export function WitnessesPanel({ rows }: { rows: WitnessRow[] }) {
  const t = useTranslations('audit.witnesses');
  const columns = useColumns();
  return (
    <Panel title={<Term name="witness">{t('title')}</Term>} flush>
      {rows.length === 0 ? (
        <Empty icon={Eye} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      ) : (
        <>
          <SimpleTable caption={t('caption')} columns={columns} rows={rows} rowKey={(row) => row.nodeId} />
          <p className="border-t px-4 py-3 text-muted text-sm">{t('note')}</p>
        </>
      )}
    </Panel>
  );
}

function useColumns(): Column<WitnessRow>[] {
  const t = useTranslations('audit.witnesses');
  const { data } = useLogHead();
  const stateOf = (row: WitnessRow) => witnessOf(row, data?.verdict.cosigned ?? []);
  return [
    { key: 'node', heading: t('node'), title: true, cell: (row) => row.name },
    {
      key: 'signed',
      heading: t('signed'),
      figures: true,
      cell: (row) => (row.signedSize ? t('entries', { size: Number(row.signedSize) }) : t('never')),
    },
    {
      key: 'when',
      heading: t('when'),
      cell: (row) => (row.signedAt ? <Age at={row.signedAt} /> : '–'),
    },
    {
      key: 'refusals',
      heading: t('refusals'),
      figures: true,
      cell: (row) =>
        row.refusals > 0 ? (
          <StateWord tone="danger" icon={TriangleAlert}>
            {t('refusalsSome', { count: row.refusals })}
          </StateWord>
        ) : (
          '0'
        ),
    },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) =>
        data ? <StateBadge {...LOOKS[stateOf(row)]}>{t(`states.${stateOf(row)}`)}</StateBadge> : '–',
    },
  ];
}

/** A witness's key is named after its node. */
function witnessOf({ nodeId }: WitnessRow, cosigned: readonly Cosigned[]): keyof typeof LOOKS {
  return cosigned.find(({ name }) => name === witnessName(nodeId))?.result ?? 'unknown';
}

function Age({ at }: { at: Date }) {
  const locale = useLocale();
  const now = useNow();
  const since = new Date(at);
  return (
    <time dateTime={since.toISOString()} title={since.toISOString()} className="whitespace-nowrap">
      {now === null ? '' : formatAge(now - since.getTime(), locale)}
    </time>
  );
}
