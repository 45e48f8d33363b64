'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonStyles } from './button.tsx';
import { cn } from './cn.ts';
import type { DialogProps } from './dialog.tsx';

/** A surface above the page, which waits. Escape and the cross close it; the focus goes back to where it was. */
export function DialogSurface(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    side = false,
    keep = false,
    returnTo,
  } = props;
  const t = useTranslations('common');
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={keep}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          {...(returnTo ? { finalFocus: () => returnTo() ?? true } : {})}
          className={cn(
            'fixed z-50 flex flex-col border-line-strong bg-raised outline-none',
            side
              ? 'inset-y-0 right-0 w-full border-l sm:w-[30rem]'
              : 'top-1/2 left-1/2 max-h-[calc(100dvh-32px)] w-[30rem] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 rounded-md border',
          )}
        >
          <header className="flex items-start justify-between gap-4 px-4 pt-4">
            <div className="flex flex-col gap-1">
              <Base.Title className="text-lg">{title}</Base.Title>
              {description ? (
                <Base.Description className="text-muted text-sm">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close
              aria-label={t('close')}
              className={cn(buttonStyles({ variant: 'quiet', size: 'icon' }), '-mt-1.5 -mr-1.5')}
            >
              <X aria-hidden />
            </Base.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-4 py-3">{footer}</footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
