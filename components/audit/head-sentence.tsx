'use client';

import { useTranslations } from 'next-intl';
import type { LogHead } from './use-log-head.ts';
import { useWhen } from './use-when.ts';

/** The answer in words. What does not hold or could not be checked is never called verified. */
export function HeadSentence({ head, nodes }: { head: LogHead; nodes: number }) {
  const t = useTranslations('audit.head');
  const when = useWhen();
  const { verdict, before } = head;
  if (verdict.overall !== 'holds' || !verdict.head) {
    return (
      <p className="text-lg">
        {verdict.overall === 'fails' ? t('leadFails', { count: verdict.faults.length }) : t('leadUnable')}
      </p>
    );
  }
  const { origin, size } = verdict.head;
  return (
    <p className="figures text-lg">
      {t('lead', {
        size: Number(size),
        origin,
        past: before ? 'kept' : 'first',
        before: Number(before?.size ?? 0),
        at: before ? when(before.seenAtMs) : '',
        signed: verdict.cosigned.filter(({ result }) => result === 'holds').length,
        of: Math.max(nodes, verdict.cosigned.length),
      })}
    </p>
  );
}
