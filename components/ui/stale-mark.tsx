'use client';

import { Clock, ClockAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { formatAge } from './age.ts';
import { cn } from './cn.ts';
import { Time } from './time.tsx';
import { useNow } from './use-now.ts';

type Props = {
  at: Date | string;
  /** Older than this it is marked as stale. */
  staleAfterMs?: number;
};

/** How old what is shown is: "As of 2 minutes ago"; marked where that is too old to act on. */
export function StaleMark({ at, staleAfterMs = 5 * 60_000 }: Props) {
  const t = useTranslations('ui');
  const locale = useLocale();
  const now = useNow();
  const date = new Date(at);
  const ageMs = now === null ? 0 : now - date.getTime();
  const stale = ageMs > staleAfterMs;
  const Icon = stale ? ClockAlert : Clock;
  return (
    <span className={cn('inline-flex items-center gap-1.5 text-sm', stale ? 'text-attention' : 'text-muted')}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {now === null ? (
        <Time short at={date} />
      ) : (
        <time dateTime={date.toISOString()} title={date.toISOString()}>
          {t(stale ? 'stale' : 'asOf', { age: formatAge(ageMs, locale) })}
        </time>
      )}
    </span>
  );
}
