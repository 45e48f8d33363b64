import { CircleCheck, CircleX, Hourglass, type LucideIcon, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ChangeView } from '#lib/budgets/changes/change-view';
import { StateBadge, type Tone } from '../ui/state.tsx';

const LOOKS: Record<ChangeView['state'], { tone: Tone; icon: LucideIcon }> = {
  proposed: { tone: 'attention', icon: Hourglass },
  approved: { tone: 'ok', icon: CircleCheck },
  rejected: { tone: 'danger', icon: CircleX },
  withdrawn: { tone: 'neutral', icon: Undo2 },
};

/** Whether a change waits, and if not what became of it. */
export function ChangeState({ state }: { state: ChangeView['state'] }) {
  const t = useTranslations('decisions.states');
  return <StateBadge {...LOOKS[state]}>{t(state)}</StateBadge>;
}
