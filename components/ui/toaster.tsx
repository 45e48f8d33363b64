'use client';

import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { buttonStyles } from './button.tsx';
import { cn } from './cn.ts';
import { StateIcon } from './state.tsx';
import { type ToastData, toasts } from './toast.ts';

/** Where messages appear; stands once in the console's frame. F6 leads the focus here. */
export function Toaster() {
  const t = useTranslations('toast');
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('region')}
          className="fixed right-4 bottom-4 z-50 flex w-[22rem] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const t = useTranslations('toast');
  const manager = Toast.useToastManager<ToastData>();
  return manager.toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className="rounded-md border border-line-strong bg-raised shadow-sm data-limited:hidden"
    >
      <Toast.Content className="flex items-start gap-3 p-3">
        <StateIcon tone={toast.data?.tone ?? 'info'} className="mt-0.5" />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5 text-sm">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-muted" />
          <Toast.Action className={cn(buttonStyles({ size: 'sm' }), 'mt-1 self-start')} />
        </div>
        <Toast.Close aria-label={t('dismiss')} className={buttonStyles({ variant: 'quiet', size: 'iconSm' })}>
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
