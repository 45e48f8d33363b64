import { MailPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../../ui/button.tsx';

/** To the form that offers a hospital a place for its node. */
export function InviteLink() {
  const t = useTranslations('onboarding');
  return (
    <Link href="/nodes/new" className={buttonStyles({ variant: 'primary' })}>
      <MailPlus aria-hidden />
      {t('inviteHospital')}
    </Link>
  );
}
