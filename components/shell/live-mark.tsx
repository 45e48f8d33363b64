'use client';

import { Radio, RefreshCw, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { LiveKind } from '../../lib/live/live-event.ts';
import { cn } from '../ui/cn.ts';
import { useRegion, useTimeZone } from '../ui/time.tsx';
import { useLive, useLiveRefresh } from './use-live.ts';

const LOOKS = {
  live: { icon: Radio, tone: 'text-ok' },
  connecting: { icon: RefreshCw, tone: 'text-muted' },
  stale: { icon: Unplug, tone: 'text-attention' },
} as const;

/** Whether what is on the page is so now, and if not, since when it may not be. */
export function LiveMark() {
  const t = useTranslations('live');
  const { state, staleSince } = useLive();
  const locale = useRegion();
  const timeZone = useTimeZone();
  const { icon: Icon, tone } = LOOKS[state];
  const time = staleSince
    ? new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(staleSince)
    : '';
  return (
    <span
      role="status"
      title={state === 'stale' ? t('staleHint') : t('liveHint')}
      className={cn('inline-flex items-center gap-1 whitespace-nowrap text-xs', tone)}
    >
      <Icon aria-hidden className="size-3.5" />
      {state === 'stale' ? t('stale', { time }) : t(state)}
    </span>
  );
}

/** For pages that the server renders: put it among a page's actions, and the page follows what changes. */
export function LivePage({ kinds }: { kinds: readonly LiveKind[] }) {
  useLiveRefresh(kinds);
  return <LiveMark />;
}
