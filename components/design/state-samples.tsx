'use client';

import { Inbox } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { TableSkeleton } from '../ui/data-table/table-skeleton.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { Progress } from '../ui/progress.tsx';
import { StaleMark } from '../ui/stale-mark.tsx';
import { Notice, StateBadge, type Tone } from '../ui/state.tsx';

const TONES: Tone[] = ['ok', 'attention', 'danger', 'info', 'neutral'];
const LONG_AGO = '2026-01-01T00:00:00Z';

/** Loading, empty, failed, stale: each designed. */
export function StateSamples() {
  const t = useTranslations('design.states');
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
      <Panel title={t('badges')}>
        <div className="flex flex-wrap gap-2">
          {TONES.map((tone) => (
            <StateBadge key={tone} tone={tone}>
              {t(`tones.${tone}`)}
            </StateBadge>
          ))}
        </div>
      </Panel>
      <Panel title={t('age')}>
        <div className="flex flex-col gap-4">
          <StaleMark at={LONG_AGO} />
          <Progress label={t('progress')} share={0.75} text={t('progressText')} />
          <Progress label={t('waiting')} share={null} />
        </div>
      </Panel>
      <div className="flex flex-col gap-4">
        {TONES.map((tone) => (
          <Notice key={tone} tone={tone} title={t(`tones.${tone}`)}>
            <p>{t('noticeText')}</p>
          </Notice>
        ))}
        <ErrorState title={t('failed')} reference="sample-0001" onRetry={() => undefined}>
          <p>{t('failedText')}</p>
        </ErrorState>
      </div>
      <div className="flex flex-col gap-6">
        <Panel flush>
          <Empty icon={Inbox} title={t('empty')}>
            {t('emptyText')}
          </Empty>
        </Panel>
        <TableSkeleton rows={4} columns={3} />
      </div>
    </div>
  );
}
