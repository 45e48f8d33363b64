'use client';

import { useTranslations } from 'next-intl';
import { PageFrame } from '#components/shell/page-frame';
import { ErrorState } from '#components/ui/error-state';

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ConsoleError({ error, reset }: Props) {
  const t = useTranslations('pageError');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <title>{t('title')}</title>
      <ErrorState live title={t('heading')} reference={error.digest} onRetry={reset}>
        <p>{t('text')}</p>
      </ErrorState>
    </PageFrame>
  );
}
