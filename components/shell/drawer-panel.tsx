'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '../ui/button.tsx';
import { Brand } from './brand.tsx';
import type { NavKey } from './nav-items.ts';
import { NavList } from './nav-list.tsx';

type Props = { allowed: NavKey[]; open: boolean; onOpenChange: (open: boolean) => void };

/** The navigation from the left edge, above the page. */
export function DrawerPanel({ allowed, open, onOpenChange }: Props) {
  const t = useTranslations('nav');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-6 overflow-y-auto border-r bg-surface p-3 outline-none">
          <div className="flex items-center justify-between">
            <Dialog.Title className="px-1 text-base">
              <Brand />
            </Dialog.Title>
            <Dialog.Close
              aria-label={t('close')}
              className={buttonStyles({ variant: 'quiet', size: 'icon' })}
            >
              <X aria-hidden />
            </Dialog.Close>
          </div>
          <nav aria-label={t('label')} className="flex flex-col gap-6">
            <NavList allowed={allowed} onNavigate={() => onOpenChange(false)} />
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
