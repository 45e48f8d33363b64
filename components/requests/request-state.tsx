import { CircleCheck, CircleSlash, CircleStop, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { WithoutAnswer } from '#lib/requests/request-lead';
import type { RequestState } from '#lib/requests/request-states';
import { StateBadge, type Tone } from '../ui/state.tsx';

const LOOKS: Record<RequestState | WithoutAnswer, { tone: Tone; icon: LucideIcon }> = {
  answered: { tone: 'ok', icon: CircleCheck },
  reserved: { tone: 'info', icon: LoaderCircle },
  failed: { tone: 'danger', icon: CircleX },
  refused: { tone: 'attention', icon: CircleSlash },
  no_consensus: { tone: 'attention', icon: CircleSlash },
  stopped: { tone: 'neutral', icon: CircleStop },
};

export function RequestStateBadge({ state }: { state: RequestState | WithoutAnswer }) {
  const t = useTranslations('requests.states');
  return <StateBadge {...LOOKS[state]}>{t(state)}</StateBadge>;
}
