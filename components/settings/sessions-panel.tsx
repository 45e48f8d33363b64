'use client';

import { CircleDot, MonitorSmartphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { OwnSession } from '#lib/identity/own-sessions';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import type { Column } from '../ui/data-table/columns.ts';
import { SimpleTable } from '../ui/data-table/simple-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Notice, StateBadge } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { useToast } from '../ui/toast.ts';

const reply = async () => (await import('#lib/console-api/settings')).END_OTHER_SESSIONS.reply;

/** Where the reader is signed in, and the way to end it everywhere else. */
export function SessionsPanel({ sessions }: { sessions: OwnSession[] }) {
  const t = useTranslations('settings.sessions');
  const router = useRouter();
  const say = useToast();
  const [open, setOpen] = useState(false);
  const others = sessions.filter((session) => !session.isThis).length;
  async function end() {
    const path = '/api/console/settings/other-sessions';
    const { ended } = await consoleApi(path, reply, { body: {} });
    say.ok({ text: t('done', { count: ended }) });
    router.refresh();
  }
  const columns: Column<OwnSession>[] = [
    {
      key: 'which',
      heading: t('which'),
      title: true,
      cell: ({ isThis }) => (
        <StateBadge tone={isThis ? 'ok' : 'neutral'} icon={isThis ? CircleDot : MonitorSmartphone}>
          {t(isThis ? 'this' : 'other')}
        </StateBadge>
      ),
    },
    { key: 'started', heading: t('started'), cell: ({ createdAt }) => <Time short at={createdAt} /> },
    { key: 'ends', heading: t('ends'), cell: ({ expiresAt }) => <Time short at={expiresAt} /> },
  ];
  return (
    <Panel
      flush
      title={t('title')}
      actions={
        others > 0 ? (
          <Button size="sm" onClick={() => setOpen(true)}>
            {t('endOthers')}
          </Button>
        ) : null
      }
    >
      <p className="px-4 pt-3 pb-2 text-muted text-sm">{t(others > 0 ? 'text' : 'only')}</p>
      <SimpleTable
        caption={t('caption')}
        columns={columns}
        rows={sessions}
        rowKey={(session) => `${session.isThis} ${String(session.createdAt)}`}
      />
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={t('title2')}
        action={t('endOthers')}
        consequence={
          <Notice tone="attention" title={t('consequence', { count: others })}>
            {t('consequenceText')}
          </Notice>
        }
        onConfirm={end}
      />
    </Panel>
  );
}
