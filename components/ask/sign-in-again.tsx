'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';

/** The way back in, and to this page, for a person whose session has ended. */
export function SignInAgain() {
  const t = useTranslations('askErrors');
  return (
    <Link href="/sign-in?next=%2Fask" prefetch={false} className={buttonStyles({ size: 'sm' })}>
      {t('signIn')}
    </Link>
  );
}
