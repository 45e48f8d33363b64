'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './state.tsx';

type Props = {
  /** What happened. */
  title: ReactNode;
  /** What is safe, and what to do. */
  children: ReactNode;
  /** What the logs know it by. */
  reference?: string | undefined;
  onRetry?: () => void;
  /** Appeared after the page: announce it. */
  live?: boolean;
};

/** A part of a page that could not be had: what happened, what is safe, what to do, what to name when asking. */
export function ErrorState({ title, children, reference, onRetry, live = false }: Props) {
  const t = useTranslations('common');
  return (
    <Notice
      live={live}
      tone="danger"
      title={title}
      actions={
        onRetry ? (
          <Button size="sm" onClick={onRetry}>
            <RotateCw aria-hidden />
            {t('retry')}
          </Button>
        ) : null
      }
    >
      {children}
      {reference ? <p className="text-muted">{t('requestReference', { id: reference })}</p> : null}
    </Notice>
  );
}
