'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { KEY_STATES } from '#lib/identity/api-keys/key-state';
import type { KeyRow } from '#lib/identity/api-keys/list-keys';
import type { Column } from '../ui/data-table/columns.ts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { StateWord } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { keyShape } from './key-shape.ts';
import { KeyStateBadge } from './key-state-badge.tsx';
import { RevokeKey } from './revoke-key.tsx';

type Props = { rows: KeyRow[]; showOwners: boolean };

/** The keys somebody may see, with whom each asks as and when it last did. */
export function KeysTable({ rows, showOwners }: Props) {
  const t = useTranslations('keys');
  return (
    <DataTable
      caption={t('caption')}
      columns={useKeyColumns(rows, showOwners)}
      rows={rows}
      rowKey={(row) => row.id}
      shape={keyShape}
      searchLabel={t('search')}
      exportName="keys"
      empty={
        <Empty icon={KeyRound} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      }
    />
  );
}

function useKeyColumns(rows: KeyRow[], showOwners: boolean): Column<KeyRow>[] {
  const t = useTranslations('keys');
  const owner: Column<KeyRow> = {
    key: 'owner',
    heading: t('owner'),
    cell: (row) => (row.isOwn ? t('you') : row.owner),
    value: (row) => row.owner,
  };
  const actions: Column<KeyRow> = {
    key: 'actions',
    heading: t('actions'),
    hideable: false,
    cell: (row) => (row.mayRevoke ? <RevokeKey apiKey={row} /> : '–'),
  };
  return [
    { key: 'name', heading: t('name'), title: true, cell: (row) => row.name, value: (row) => row.name },
    {
      key: 'prefix',
      heading: t('prefix'),
      cell: (row) => <code className="font-mono text-xs">{row.prefix}…</code>,
      value: (row) => row.prefix,
    },
    ...(showOwners ? [owner] : []),
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => <KeyStateBadge state={row.state} />,
      value: (row) => row.state,
      filter: { options: KEY_STATES.map((value) => ({ value, label: t(`states.${value}`) })) },
    },
    {
      key: 'lastUsed',
      heading: t('lastUsed'),
      cell: (row) => (row.lastUsedAt ? <Time short at={row.lastUsedAt} /> : t('never')),
      value: (row) => row.lastUsedAt,
    },
    {
      key: 'created',
      heading: t('created'),
      // Newest first says the same; with it the last column would be out of view at 1024 px.
      hidden: true,
      cell: (row) => <Time short at={row.createdAt} />,
      value: (row) => row.createdAt,
    },
    {
      key: 'expires',
      heading: t('expires'),
      cell: (row) => <Expiry row={row} />,
      value: (row) => row.expiresAt,
    },
    ...(rows.some((row) => row.mayRevoke) ? [actions] : []),
  ];
}

function Expiry({ row }: { row: KeyRow }) {
  const t = useTranslations('keys');
  if (!row.expiresAt) return t('noExpiry');
  return (
    <span className="inline-flex flex-col">
      <Time short at={row.expiresAt} />
      {row.expiresSoon ? <StateWord tone="attention">{t('soon')}</StateWord> : null}
    </span>
  );
}
