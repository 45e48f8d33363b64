import { Ban, CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { KeyState } from '#lib/identity/api-keys/key-state';
import { StateBadge } from '../ui/state.tsx';

const LOOKS = {
  active: { tone: 'ok', icon: CircleCheck },
  expired: { tone: 'attention', icon: Clock },
  revoked: { tone: 'neutral', icon: Ban },
} as const;

/** Whether a key works. */
export function KeyStateBadge({ state }: { state: KeyState }) {
  const t = useTranslations('keys.states');
  return <StateBadge {...LOOKS[state]}>{t(state)}</StateBadge>;
}
