'use client';

import { Clock, MailCheck } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { InvitationRow } from '#lib/identity/invitations/list-invitations';
import { buttonStyles } from '../ui/button.tsx';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { InvitationActions } from './invitation-actions.tsx';

/** Who was invited and has not come yet. */
export function PendingInvitations({ rows, hasMailbox }: { rows: InvitationRow[]; hasMailbox: boolean }) {
  const t = useTranslations('members');
  const roles = useTranslations('roles');
  const columns: Column<InvitationRow>[] = [
    { key: 'name', heading: t('name'), title: true, cell: (row) => row.name },
    {
      key: 'email',
      heading: t('email'),
      cell: (row) => <span className="break-all md:break-normal">{row.email}</span>,
    },
    { key: 'role', heading: t('role'), cell: (row) => roles(row.role) },
    { key: 'department', heading: t('department'), cell: (row) => row.department },
    {
      key: 'state',
      heading: t('state'),
      cell: (row) => (
        <StateBadge tone={row.isExpired ? 'attention' : 'info'} icon={row.isExpired ? Clock : MailCheck}>
          {t(row.isExpired ? 'invitations.expired' : 'invitations.open')}
        </StateBadge>
      ),
    },
    { key: 'expires', heading: t('invitations.expires'), cell: (row) => <Time short at={row.expiresAt} /> },
    ...(rows.some((row) => row.mayManage)
      ? [
          {
            key: 'actions',
            heading: t('invitations.actions'),
            cell: (row: InvitationRow) => <InvitationActions invitation={row} />,
          },
        ]
      : []),
  ];
  return (
    <Panel
      flush
      title={t('invitations.title')}
      actions={
        hasMailbox ? (
          <Link href="/mailbox" prefetch={false} className={buttonStyles({ size: 'sm' })}>
            {t('invitations.mailbox')}
          </Link>
        ) : null
      }
    >
      <SimpleTable
        caption={t('invitations.caption')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
      />
    </Panel>
  );
}
