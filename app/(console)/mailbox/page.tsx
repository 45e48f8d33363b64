import { Inbox } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MailView } from '#components/mailbox/mail-view';
import { PageFrame } from '#components/shell/page-frame';
import { buttonStyles } from '#components/ui/button';
import { Empty } from '#components/ui/empty';
import { Panel } from '#components/ui/panel';
import { webEnv } from '#lib/env';
import { listMailbox } from '#lib/mail/list-mailbox';
import { requireActor } from '../../_server/actor.ts';
import { database } from '../../_server/database.ts';
import { orNoAccess } from '../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailbox'))('title') };
}

/** The mails of a demo that sends none. There is no such page where an SMTP server is set. */
export default async function MailboxPage() {
  const actor = await requireActor();
  const folder = webEnv().FDLR_MAIL_DIR;
  if (!folder) notFound();
  const { mails, unreadable } = await orNoAccess(listMailbox(database(), actor, folder));
  const t = await getTranslations('mailbox');
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={<p className="max-w-2xl text-muted">{t('lead')}</p>}
    >
      {unreadable > 0 ? <p className="text-muted text-sm">{t('unreadable', { count: unreadable })}</p> : null}
      {mails.length === 0 ? (
        <Panel flush>
          <Empty
            icon={Inbox}
            title={t('empty')}
            actions={
              <Link href="/members" className={buttonStyles()}>
                {t('members')}
              </Link>
            }
          >
            {t('emptyText')}
          </Empty>
        </Panel>
      ) : null}
      {mails.map((mail) => (
        <MailView key={mail.file} mail={mail} />
      ))}
    </PageFrame>
  );
}
