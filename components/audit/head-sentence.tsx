'use client';

import { useTranslations } from 'next-intl';
import { nodesSigned } from '#lib/audit-log/browser/verify-cosignatures';
import type { LogHead } from './use-log-head.ts';
import { useWhen } from './use-when.ts';

/** The answer in words. What does not hold or could not be checked is never called verified. */
export function HeadSentence({ head, nodeIds }: { head: LogHead; nodeIds: readonly string[] }) {
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
        signed: nodesSigned(verdict.cosigned, nodeIds),
        of: nodeIds.length,
      })}
    </p>
  );
}
