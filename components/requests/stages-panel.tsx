import { History, ListTree } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Stage } from '#lib/requests/stages';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';

type Props = { stages: Stage[]; isDemoHistory: boolean };

const NAMED = ['policy', 'plan', 'reserve', 'dispatch', 'mechanism', 'draw', 'settle'] as const;

/** A stage of another version is shown by its own name. */
function isNamed(name: string): name is (typeof NAMED)[number] {
  return NAMED.some((known) => known === name);
}

/** The public stages of a request as spans under each other, on one scale. */
export function StagesPanel({ stages, isDemoHistory }: Props) {
  const t = useTranslations('request');
  const names = useTranslations('request.stageNames');
  const totalMs = stages.at(-1)?.endMs ?? 0;
  const percent = (ms: number) => `${totalMs > 0 ? (100 * ms) / totalMs : 0}%`;
  return (
    <Panel
      title={t('stages')}
      actions={
        stages.length > 0 ? (
          <span className="figures text-muted text-sm">{t('stagesTotal', { ms: totalMs })}</span>
        ) : null
      }
    >
      {stages.length === 0 ? (
        <Empty
          icon={isDemoHistory ? History : ListTree}
          title={t(isDemoHistory ? 'demoHistory' : 'noStages')}
        >
          {t(isDemoHistory ? 'demoHistoryText' : 'noStagesText')}
        </Empty>
      ) : (
        <ol className="figures flex flex-col gap-2 text-sm">
          {stages.map(({ name, startMs, endMs }) => (
            <li
              key={name}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)_5rem]"
            >
              <span className="truncate">{isNamed(name) ? names(name) : name}</span>
              <span
                aria-hidden
                data-bar="track"
                className="order-last col-span-2 h-2 overflow-hidden rounded-full bg-sunken sm:order-none sm:col-span-1"
              >
                <span
                  className="block h-full min-w-0.5 rounded-full bg-chart-1"
                  style={{ marginLeft: percent(startMs), width: percent(endMs - startMs) }}
                />
              </span>
              <span className="text-right">{t('stageMs', { ms: endMs - startMs })}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
