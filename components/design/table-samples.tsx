'use client';

import { CircleCheck, Clock, Table2, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Column } from '../ui/data-table/columns.ts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge, type Tone } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { SAMPLE_ROWS, SAMPLE_STATES, type SampleRow, sampleShape, smallShape } from './samples.ts';

const LOOKS = {
  ready: { tone: 'ok' as Tone, icon: CircleCheck },
  slow: { tone: 'attention' as Tone, icon: Clock },
  away: { tone: 'danger' as Tone, icon: Unplug },
};

function useSampleColumns(): Column<SampleRow>[] {
  const t = useTranslations('design.samples');
  const options = SAMPLE_STATES.map((value) => ({ value, label: t(`states.${value}`) }));
  return [
    {
      key: 'name',
      heading: t('name'),
      title: true,
      cell: (row) => row.name,
      value: (row) => row.name,
    },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => <StateBadge {...LOOKS[row.state]}>{t(`states.${row.state}`)}</StateBadge>,
      value: (row) => row.state,
      filter: { options },
    },
    { key: 'region', heading: t('region'), cell: (row) => row.region, value: (row) => row.region },
    {
      key: 'records',
      heading: t('records'),
      term: 'shard',
      figures: true,
      cell: (row) => row.records.toLocaleString('en'),
      value: (row) => row.records,
    },
    {
      key: 'addedAt',
      heading: t('added'),
      cell: (row) => <Time short at={row.addedAt} />,
      value: (row) => new Date(row.addedAt),
    },
  ];
}

function NoSamples() {
  const t = useTranslations('design.samples');
  return (
    <Empty icon={Table2} title={t('empty')}>
      {t('emptyText')}
    </Empty>
  );
}

type Props = { rows: SampleRow[]; next: string | null; peek: { id: string | null; node: ReactNode } };

/** Rows by the page from the server, with a panel that the server fills. */
export function ServerTableSample({ rows, next, peek }: Props) {
  const t = useTranslations('design.samples');
  const regions = ['DE', 'FR', 'NL', 'ES'].map((value) => ({ value, label: value }));
  return (
    <Panel title={t('serverTable')} flush>
      <DataTable
        caption={t('serverTable')}
        columns={useSampleColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        shape={sampleShape}
        server={{ next, exportHref: '/design/export' }}
        searchLabel={t('search')}
        filters={[{ key: 'region', label: t('region'), options: regions, single: true }]}
        peek={{ title: (row) => row.name, content: peek }}
        empty={<NoSamples />}
      />
    </Panel>
  );
}

/** A few rows, all in the browser. */
export function SmallTableSample() {
  const t = useTranslations('design.samples');
  return (
    <Panel title={t('smallTable')} flush>
      <DataTable
        caption={t('smallTable')}
        columns={useSampleColumns()}
        rows={SAMPLE_ROWS.slice(0, 6)}
        rowKey={(row) => row.id}
        shape={smallShape}
        searchLabel={t('search')}
        exportName="samples"
        empty={<NoSamples />}
      />
    </Panel>
  );
}
