'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageFrame } from '#components/shell/page-frame';
import { Button } from '#components/ui/button';
import { Notice } from '#components/ui/state';

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ConsoleError({ error, reset }: Props) {
  const t = useTranslations('pageError');
  return (
    <PageFrame title={t('title')} question={t('question')}>
      <title>{t('title')}</title>
      <Notice
        live
        tone="danger"
        title={t('heading')}
        actions={
          <Button size="sm" onClick={reset}>
            <RotateCw aria-hidden />
            {t('retry')}
          </Button>
        }
      >
        <p>{t('text')}</p>
        {error.digest ? <p className="text-muted">{t('reference', { id: error.digest })}</p> : null}
      </Notice>
    </PageFrame>
  );
}
