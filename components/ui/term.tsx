'use client';

import { Popover } from '@base-ui/react/popover';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type messages from '../../lib/i18n/messages/en.json';

export type TermName = keyof typeof messages.terms;

/** A term of art with its one-sentence definition: on hover, and on a press for fingers and keyboards. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  const t = useTranslations('terms');
  const id = useId();
  return (
    <Popover.Root>
      <Popover.Trigger
        id={id}
        openOnHover
        className="cursor-help rounded-sm text-left underline decoration-dotted decoration-line-strong underline-offset-4"
      >
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} className="z-50">
          <Popover.Popup
            aria-labelledby={id}
            className="max-w-72 rounded-md border border-line-strong bg-raised px-3 py-2 text-ink text-sm shadow-sm outline-none"
          >
            <Popover.Description>{t(name)}</Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
