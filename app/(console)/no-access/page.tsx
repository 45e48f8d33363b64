import { DoorClosed } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageFrame } from '#components/shell/page-frame';
import { buttonStyles } from '#components/ui/button';
import { Empty } from '#components/ui/empty';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('noAccess'))('title') };
}

/** For people whose role does not open the page they asked for. */
export default async function NoAccessPage() {
  const [t, notFound] = await Promise.all([getTranslations('noAccess'), getTranslations('notFound')]);
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <Empty
        icon={DoorClosed}
        title={t('heading')}
        actions={
          <Link href="/" className={buttonStyles()}>
            {notFound('home')}
          </Link>
        }
      >
        {t('text')}
      </Empty>
    </PageFrame>
  );
}
