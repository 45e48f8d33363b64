'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CopyText } from '../../keys/copy-text.tsx';

/** A command to type on the machine of the hospital's node. */
export function TypeThere({ command, hint }: { command: string; hint?: ReactNode }) {
  const t = useTranslations('onboarding');
  return (
    <CopyText
      label={t('typeThere')}
      hint={hint}
      text={command}
      copy={t('copyCommand')}
      copied={t('copied')}
    />
  );
}
