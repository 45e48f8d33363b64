'use client';

import { useTranslations } from 'next-intl';
import { Panel, Properties } from '../ui/panel.tsx';
import type { LocalReply } from './local-question.ts';

/** What the hospital's own records say, exactly; with the words that it protects nobody. */
export function LocalAnswer({ reply }: { reply: LocalReply }) {
  const t = useTranslations('localAsk');
  const { content, refusal } = reply.choices[0]!.message;
  const { votes, hospital } = reply.privacy;
  const shown = votes && content !== null ? labelIn(content) : content;
  return (
    <Panel title={t('answer')}>
      <div className="flex flex-col gap-4" role="status">
        <p data-testid="local-answer" className="break-words font-semibold text-lg">
          {shown === null || shown === '' ? (refusal ?? t('empty')) : shown}
        </p>
        <p className="text-sm">{t('statement', { hospital })}</p>
        {votes ? (
          <Properties
            items={Object.entries(votes).map(([name, shards]) => ({ name, value: t('shards', { shards }) }))}
          />
        ) : null}
      </div>
    </Panel>
  );
}

function labelIn(content: string): string {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'string' ? value : content;
  } catch {
    return content;
  }
}
