'use client';

import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Panel } from '../../ui/panel.tsx';
import { Time } from '../../ui/time.tsx';
import { NodeStateBadge } from '../node-badges.tsx';

/** How the node came to its state: each move with who made it and why, the last first. */
export function HistoryPanel({ transitions }: { transitions: Onboarding['transitions'] }) {
  const t = useTranslations('onboarding.history');
  return (
    <Panel title={t('title')} flush>
      {transitions.length === 0 ? (
        <p className="px-4 py-3 text-muted text-sm">{t('none')}</p>
      ) : (
        <ol className="divide-y">
          {transitions.toReversed().map(({ from, to, by, reason, at }) => (
            <li key={`${String(at)} ${to}`} className="flex flex-col gap-1 px-4 py-3 text-sm">
              <span className="flex flex-wrap items-center justify-between gap-2">
                <span className="flex flex-wrap items-center gap-2">
                  {from ? (
                    <>
                      <NodeStateBadge state={from} />
                      <span aria-hidden>→</span>
                      <span className="sr-only">{t('then')}</span>
                    </>
                  ) : null}
                  <NodeStateBadge state={to} />
                </span>
                <span className="text-muted">
                  {by ?? t('product')} · <Time short at={at} />
                </span>
              </span>
              {reason ? <span className="break-words whitespace-pre-line">{reason}</span> : null}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
