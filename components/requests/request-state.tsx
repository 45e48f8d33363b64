import { CircleCheck, CircleSlash, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestState } from '#lib/requests/request-states';
import { StateBadge, type Tone } from '../ui/state.tsx';

const LOOKS: Record<RequestState, { tone: Tone; icon: LucideIcon }> = {
  answered: { tone: 'ok', icon: CircleCheck },
  reserved: { tone: 'info', icon: LoaderCircle },
  failed: { tone: 'danger', icon: CircleX },
  refused: { tone: 'attention', icon: CircleSlash },
};

export function RequestStateBadge({ state }: { state: RequestState }) {
  const t = useTranslations('requests.states');
  return <StateBadge {...LOOKS[state]}>{t(state)}</StateBadge>;
}
