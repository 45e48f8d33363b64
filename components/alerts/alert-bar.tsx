'use client';

import { OctagonAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { FiringAlert } from '#lib/alerts/firing-alerts';
import { useLiveRefresh } from '../shell/use-live.ts';
import { useAlertWords } from './use-alert-words.ts';

type Props = { alerts: Pick<FiringAlert, 'id' | 'code' | 'severity' | 'nodeName'>[] };

/** Stands above every page of an overseer while something critical is wrong; with the way to it. */
export function AlertBar({ alerts }: Props) {
  const t = useTranslations('alerts');
  const words = useAlertWords();
  useLiveRefresh(['alert']);
  const [first, ...more] = alerts.filter(({ severity }) => severity === 'critical');
  if (!first) return null;
  return (
    <aside
      aria-label={t('barLabel')}
      className="flex flex-wrap items-start gap-x-2 gap-y-1 border-danger border-b bg-danger-soft px-4 py-2 text-sm lg:px-6"
    >
      <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <span className="font-medium text-danger">{t('bar')}</span>
      <span className="min-w-0 flex-1 basis-60">
        {words.title(first.code)}
        {first.nodeName ? ` (${first.nodeName})` : ''}
        {more.length > 0 ? ` ${t('barMore', { count: more.length })}` : ''}
      </span>
      <Link
        href="/audit#alerts"
        className="ml-auto shrink-0 rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-ink"
      >
        {t('barLink')}
      </Link>
    </aside>
  );
}
