'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useTranslations } from 'next-intl';
import { Button, buttonStyles } from '../ui/button.tsx';

type Props = {
  submit: string;
  busy: boolean;
  tone?: 'primary' | 'danger';
  /** What is typed would be refused; the form says why. */
  blocked?: boolean;
};

/** The end of a form in a dialog: leave it, or send it. */
export function FormButtons({ submit, busy, tone = 'primary', blocked = false }: Props) {
  const t = useTranslations('form');
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Dialog.Close className={buttonStyles()}>{t('cancel')}</Dialog.Close>
      <Button type="submit" variant={tone} disabled={busy || blocked} aria-busy={busy}>
        {busy ? t('working') : submit}
      </Button>
    </div>
  );
}
