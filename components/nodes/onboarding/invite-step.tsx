import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Time } from '../../ui/time.tsx';

/** Until when the code works, while it is not used. */
export function InviteStep({ onboarding }: { onboarding: Onboarding }) {
  const t = useTranslations('onboarding.invite');
  const { invite, state } = onboarding;
  if (state !== 'invited' || !invite) return null;
  const at = () => <Time short at={invite.expiresAt} />;
  return (
    <p className="text-muted text-sm">
      {t.rich(invite.expired ? 'expired' : 'expires', { at })}
      {invite.wrongCodes > 0 ? ` ${t('wrongCodes', { count: invite.wrongCodes })}` : null}
    </p>
  );
}
