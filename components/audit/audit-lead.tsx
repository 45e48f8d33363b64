'use client';

import { RefreshCw, ShieldAlert, ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { standingOf } from '#lib/audit-log/browser/standing-of';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Notice, StateBadge } from '../ui/state.tsx';
import { HeadProblems } from './head-problems.tsx';
import { HeadSentence } from './head-sentence.tsx';
import { HeadSteps } from './head-steps.tsx';
import { leadState } from './lead-state.ts';
import { useLogHead } from './use-log-head.ts';
import { useWhen } from './use-when.ts';

const LOOKS = {
  holds: { tone: 'ok', icon: ShieldCheck },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: ShieldQuestion },
  stale: { tone: 'attention', icon: ShieldQuestion },
  unwitnessed: { tone: 'attention', icon: ShieldAlert },
  contested: { tone: 'attention', icon: ShieldAlert },
} as const;

/** The nodes that are to co-sign the head, and how many alerts about the log fire. */
type Props = { nodeIds: readonly string[]; alerts: number };

/** The page's answer: whether this browser has verified the log's head, and by what. */
export function AuditLead({ nodeIds, alerts }: Props) {
  const t = useTranslations('audit.head');
  const common = useTranslations('common');
  const when = useWhen();
  const { data, error, isFetching, dataUpdatedAt, refetch } = useLogHead();
  const { state, verifiedAtMs } = leadState({ data, error, dataUpdatedAt });
  const verified = verifiedAtMs === null ? null : t('verifiedAt', { at: when(verifiedAtMs, 'medium') });
  const again = (
    <Button size="sm" aria-disabled={isFetching} onClick={() => (isFetching ? undefined : refetch())}>
      <RefreshCw aria-hidden />
      {data ? t('again') : common('retry')}
    </Button>
  );
  if (error && !data)
    return (
      <section aria-live="polite" className="flex flex-col items-start gap-3">
        <StateBadge {...LOOKS.unable}>{t('unable')}</StateBadge>
        <p className="text-lg">{t('leadUnable')}</p>
        {again}
      </section>
    );
  if (!data)
    return (
      <section aria-busy="true" aria-label={t('checking')} className="flex flex-col gap-2">
        <Skeleton className="h-6 w-48" />
        <Skeleton className="h-14 w-full" />
      </section>
    );
  const standing = state === 'holds' ? standingOf(data.verdict, { nodeIds, alerts }) : state;
  return (
    <section aria-live="polite" data-testid="log-head" className="flex flex-col items-start gap-3">
      <StateBadge {...LOOKS[standing]}>{t(standing)}</StateBadge>
      {error ? (
        <Notice tone="attention" title={t('againFailed')}>
          {state === 'stale' ? <p>{t('againFailedText')}</p> : null}
        </Notice>
      ) : null}
      <HeadSentence head={data} nodeIds={nodeIds} />
      {standing === 'unwitnessed' || standing === 'contested' ? <p>{t(`${standing}Text`)}</p> : null}
      <HeadProblems head={data} />
      <div className="flex w-full flex-wrap items-start gap-3">
        <details className="min-w-0 flex-1">
          <summary className="w-fit rounded-sm text-muted text-sm underline decoration-line-strong underline-offset-4">
            {t('steps')}
          </summary>
          <HeadSteps head={data} nodeIds={nodeIds} />
        </details>
        <div className="flex flex-wrap items-center gap-3">
          {verified ? <p className="figures text-muted text-sm">{verified}</p> : null}
          {again}
        </div>
      </div>
    </section>
  );
}
