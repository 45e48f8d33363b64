'use client';

import { Toast } from '@base-ui/react/toast';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Tone } from './state.tsx';

export type ToastData = { tone: Tone };

/** The console's one list of messages; `Toaster` shows it. */
export const toasts = Toast.createToastManager<ToastData>();

type Message = {
  text: string;
  /** Why or what next, in a second line. */
  detail?: string;
  /** Takes back what was done. Only where that is possible: never where it would be a lie. */
  undo?: () => void;
};

const SECONDS = 1000;

/**
 * Says that something was done, in the corner, for a while: `say.ok({ text: t('saved'), undo })`. What failed belongs
 * beside its cause; `say.danger` is for what has no place on the page any more, and stays until it is dismissed.
 */
export function useToast() {
  const t = useTranslations('toast');
  return useMemo(() => {
    const say =
      (tone: Tone) =>
      ({ text, detail, undo }: Message): void => {
        const id = toasts.add({
          title: text,
          description: detail,
          data: { tone },
          timeout: tone === 'danger' || tone === 'attention' ? 0 : undo ? 12 * SECONDS : 6 * SECONDS,
          priority: tone === 'danger' ? 'high' : 'low',
          ...(undo
            ? {
                actionProps: {
                  children: t('undo'),
                  onClick: () => {
                    toasts.close(id);
                    undo();
                  },
                },
              }
            : {}),
        });
      };
    return { ok: say('ok'), info: say('info'), attention: say('attention'), danger: say('danger') };
  }, [t]);
}
