import { Compass } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageFrame } from '#components/shell/page-frame';
import { buttonStyles } from '#components/ui/button';
import { Empty } from '#components/ui/empty';

/** What an id leads to that does not exist or belongs to somebody else: the two look alike on purpose. */
export default async function ConsoleNotFound() {
  const t = await getTranslations('notFound');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <title>{t('title')}</title>
      <Empty
        icon={Compass}
        title={t('heading')}
        actions={
          <Link href="/" className={buttonStyles()}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </Empty>
    </PageFrame>
  );
}
