'use client';

import { useTranslations } from 'next-intl';
import { Progress } from '../ui/progress.tsx';
import { Notice, StateWord } from '../ui/state.tsx';
import type { useRowChecks } from './use-row-checks.ts';

type Props = { state: ReturnType<typeof useRowChecks>; all: number };

/** How far the verification of the rows in view is, and what it found. */
export function ChecksStrip({ state, all }: Props) {
  const t = useTranslations('audit.rows');
  const { phase, checks, done } = state;
  if (phase === 'idle') return null;
  const results = [...checks.values()];
  const holds = results.filter((result) => result === 'holds').length;
  const bad = results.filter((result) => result === 'fails').length;
  return (
    <div aria-live="polite" className="border-b p-3">
      {phase === 'running' ? (
        <Progress
          label={t('verifying')}
          share={all === 0 ? null : done / all}
          text={t('verifyText', { done, all })}
        />
      ) : phase === 'done' ? (
        <StateWord tone={bad > 0 ? 'danger' : holds === all ? 'ok' : 'attention'}>
          {t('verified', { holds, all })}
          {bad > 0 ? `; ${t('verifiedBad', { bad })}` : ''}
        </StateWord>
      ) : (
        <Notice tone="attention" title={t('verifyFailed')}>
          {t('verifyFailedText')}
        </Notice>
      )}
    </div>
  );
}
