import { DoorClosed } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageFrame } from '#components/shell/page-frame';
import { Empty } from '#components/ui/empty';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('noAccess'))('title') };
}

/** For people whose role has no page in this console. */
export default async function NoAccessPage() {
  const t = await getTranslations('noAccess');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <Empty icon={DoorClosed} title={t('heading')}>
        {t('text')}
      </Empty>
    </PageFrame>
  );
}
