import { Compass } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { buttonStyles } from '#components/ui/button';
import { Empty } from '#components/ui/empty';

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <title>{t('title')}</title>
      <h1 className="sr-only">{t('title')}</h1>
      <Empty
        icon={Compass}
        title={t('title')}
        actions={
          <Link href="/" className={buttonStyles()}>
            {t('home')}
          </Link>
        }
      >
        {t('text')}
      </Empty>
    </main>
  );
}
