import { TrendingUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { IncreaseView } from '#lib/budgets/increases/list-increases';
import { Empty } from '../ui/empty.tsx';
import { Panel } from '../ui/panel.tsx';
import { IncreaseRow } from './increase-row.tsx';

type Props = { increases: IncreaseView[]; own: boolean; twoFactors: boolean };

/** Requests for more budget and what became of them. */
export function IncreasesPanel({ increases, own, twoFactors }: Props) {
  const t = useTranslations('decisions.increases');
  return (
    <Panel title={t(own ? 'own' : 'title')} flush>
      {increases.length === 0 ? (
        <Empty icon={TrendingUp} title={t('none')}>
          {t(own ? 'noneOwnText' : 'noneText')}
        </Empty>
      ) : (
        <ul className="divide-y">
          {increases.map((increase) => (
            <IncreaseRow key={increase.id} increase={increase} twoFactors={twoFactors} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
