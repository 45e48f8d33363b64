'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';

type Props = { open: boolean; onClose: () => void; onRetry: () => void };

/** Said when signing out failed: a person who walks away must not believe that it worked. */
export function StillSignedIn({ open, onClose, onRetry }: Props) {
  const t = useTranslations('account_menu.failed');
  const common = useTranslations('common');
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 flex w-96 max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 rounded-md border border-line-strong bg-raised p-4 outline-none">
          <div className="flex flex-col gap-1">
            <AlertDialog.Title className="text-lg">{t('title')}</AlertDialog.Title>
            <AlertDialog.Description className="text-sm">{t('text')}</AlertDialog.Description>
          </div>
          <div className="flex justify-end gap-2">
            <AlertDialog.Close className={buttonStyles()}>{common('close')}</AlertDialog.Close>
            <button type="button" onClick={onRetry} className={buttonStyles({ variant: 'primary' })}>
              {common('retry')}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
