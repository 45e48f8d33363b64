'use client';

import { Dialog } from '@base-ui/react/dialog';
import { ArrowDown, ArrowUp, SquareArrowOutUpRight, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button, buttonStyles } from '../button.tsx';
import { PHONE, useMedia } from '../use-media.ts';

type Props = {
  open: boolean;
  title: string;
  href: string | null;
  /** Null at either end of the rows in view. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onClose: () => void;
  children: ReactNode;
};

/** A row beside its table, which stays usable; on a phone a sheet above it. Escape closes it. */
export function PeekPanel({ open, title, href, onPrevious, onNext, onClose, children }: Props) {
  const t = useTranslations('table');
  const common = useTranslations('common');
  const phone = useMedia(PHONE);
  return (
    <Dialog.Root
      open={open}
      modal={phone}
      disablePointerDismissal={!phone}
      onOpenChange={(next) => !next && onClose()}
    >
      <Dialog.Portal>
        {phone ? <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" /> : null}
        <Dialog.Popup className="fixed inset-y-0 right-0 z-40 flex w-full flex-col border-line-strong border-l bg-surface outline-none md:w-[26rem]">
          <header className="flex min-h-12 items-center gap-1 border-b px-4">
            <Dialog.Title className="min-w-0 flex-1 truncate text-base">{title}</Dialog.Title>
            {href ? (
              <Link href={href} prefetch={false} className={buttonStyles({ size: 'sm' })}>
                <SquareArrowOutUpRight aria-hidden />
                {t('openPage')}
              </Link>
            ) : null}
            <Step label={t('previousRow')} onStep={onPrevious} icon={<ArrowUp aria-hidden />} />
            <Step label={t('nextRow')} onStep={onNext} icon={<ArrowDown aria-hidden />} />
            <Dialog.Close
              aria-label={common('close')}
              className={buttonStyles({ variant: 'quiet', size: 'icon' })}
            >
              <X aria-hidden />
            </Dialog.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Step({ label, onStep, icon }: { label: string; onStep: (() => void) | null; icon: ReactNode }) {
  return (
    <Button
      variant="quiet"
      size="icon"
      aria-label={label}
      // Stays focusable at the ends, so that the focus is not lost on the way through the rows.
      aria-disabled={onStep === null}
      onClick={() => onStep?.()}
    >
      {icon}
    </Button>
  );
}
