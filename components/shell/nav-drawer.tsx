'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Menu, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ConsolePage } from '#lib/identity/console-pages';
import { buttonStyles } from '../ui/button.tsx';
import { cn } from '../ui/cn.ts';
import { Brand } from './brand.tsx';
import { NavList } from './nav-list.tsx';

/** The same navigation on narrow screens. */
export function NavDrawer({ allowed }: { allowed: ConsolePage[] }) {
  const t = useTranslations('nav');
  const [open, setOpen] = useState(false);
  const iconButton = buttonStyles({ variant: 'quiet', size: 'icon' });
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger aria-label={t('open')} className={cn(iconButton, 'lg:hidden')}>
        <Menu aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-ink/40" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-6 border-r bg-surface p-3 outline-none">
          <div className="flex items-center justify-between">
            <Dialog.Title className="px-1 text-base">
              <Brand />
            </Dialog.Title>
            <Dialog.Close aria-label={t('close')} className={iconButton}>
              <X aria-hidden />
            </Dialog.Close>
          </div>
          <nav aria-label={t('label')} className="flex flex-col gap-6">
            <NavList allowed={allowed} onNavigate={() => setOpen(false)} />
          </nav>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
