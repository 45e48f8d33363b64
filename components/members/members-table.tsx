'use client';

import { Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ROLES } from '#lib/actor';
import type { MemberRow } from '#lib/identity/members/list-members';
import type { Places } from '#lib/identity/members/list-places';
import { MEMBER_STATES, memberShape } from '#lib/identity/members/member-shape';
import type { Column } from '../ui/data-table/columns.ts';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';
import { MemberState } from './member-state.tsx';

type Props = {
  rows: MemberRow[];
  next: string | null;
  departments: Places['departments'];
  mayExport: boolean;
  peek: { id: string | null; node: ReactNode };
};

/** Everybody who is or was here; whoever is pressed stands in the panel with what they may do. */
export function MembersTable({ rows, next, departments, mayExport, peek }: Props) {
  const t = useTranslations('members');
  return (
    <DataTable
      caption={t('caption')}
      columns={useMemberColumns(departments)}
      rows={rows}
      rowKey={(row) => row.id}
      shape={memberShape}
      server={{ next, ...(mayExport ? { exportHref: '/api/console/members/export' } : {}) }}
      searchLabel={t('search')}
      peek={{ title: (row) => row.name, content: peek }}
      empty={
        <Empty icon={Users} title={t('empty')}>
          {t('emptyText')}
        </Empty>
      }
    />
  );
}

function useMemberColumns(departments: Places['departments']): Column<MemberRow>[] {
  const t = useTranslations('members');
  const roles = useTranslations('roles');
  return [
    {
      key: 'name',
      heading: t('name'),
      title: true,
      cell: (row) => (row.isYou ? t('you', { name: row.name }) : row.name),
    },
    {
      key: 'email',
      heading: t('email'),
      cell: (row) => <span className="break-all md:break-normal">{row.email}</span>,
    },
    {
      key: 'role',
      heading: t('role'),
      cell: (row) => roles(row.role),
      filter: { options: ROLES.map((value) => ({ value, label: roles(value) })) },
    },
    {
      key: 'department',
      heading: t('department'),
      roomy: true,
      cell: (row) => row.department,
      filter: { options: departments.map(({ id, name }) => ({ value: id, label: name })) },
    },
    { key: 'hospital', heading: t('hospital'), hidden: true, cell: (row) => row.hospital ?? '–' },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => <MemberState isActive={row.isActive} />,
      filter: {
        single: true,
        options: MEMBER_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
      },
    },
    {
      key: 'lastSignIn',
      heading: t('lastSignIn'),
      cell: (row) => (row.lastSignInAt ? <Time short at={row.lastSignInAt} /> : t('noSignIn')),
    },
    { key: 'since', heading: t('since'), hidden: true, cell: (row) => <Time short at={row.createdAt} /> },
  ];
}
