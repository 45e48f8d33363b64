import { CircleCheck, CircleSlash } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StateBadge } from '../ui/state.tsx';

/** Whether somebody can sign in. */
export function MemberState({ isActive }: { isActive: boolean }) {
  const t = useTranslations('members.states');
  return isActive ? (
    <StateBadge tone="ok" icon={CircleCheck}>
      {t('active')}
    </StateBadge>
  ) : (
    <StateBadge tone="neutral" icon={CircleSlash}>
      {t('disabled')}
    </StateBadge>
  );
}
