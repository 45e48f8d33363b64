'use client';

import { ShieldAlert, ShieldCheck, ShieldHalf } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { passwordStrength } from '#lib/identity/new-password';
import { StateWord } from '../ui/state.tsx';

const LOOKS = {
  weak: { tone: 'danger', icon: ShieldAlert },
  fair: { tone: 'attention', icon: ShieldHalf },
  strong: { tone: 'ok', icon: ShieldCheck },
} as const;

/** A word for the password's strength while it is typed. */
export function PasswordMeter({
  password,
  owner,
}: {
  password: string;
  owner: { name: string; email: string };
}) {
  const t = useTranslations('join');
  const strength = password === '' ? null : passwordStrength(password, owner);
  return (
    <p role="status" className="flex min-h-5 gap-2 text-sm">
      {strength ? (
        <>
          <span className="text-muted">{t('strengthLabel')}</span>
          <StateWord {...LOOKS[strength]}>{t(`strength.${strength}`)}</StateWord>
        </>
      ) : null}
    </p>
  );
}
