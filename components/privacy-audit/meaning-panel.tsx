import { useTranslations } from 'next-intl';
import { Panel } from '../ui/panel.tsx';

const POINTS = ['attack', 'under', 'over', 'weak', 'bugs', 'outside'] as const;

/** What an audit of this kind can show and what it cannot. */
export function MeaningPanel() {
  const t = useTranslations('privacyAudit.meaning');
  return (
    <Panel title={t('title')}>
      <ul className="flex list-disc flex-col gap-2 pl-5 text-sm">
        {POINTS.map((point) => (
          <li key={point}>{t(point)}</li>
        ))}
      </ul>
    </Panel>
  );
}
