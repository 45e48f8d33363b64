'use client';

import { Popover } from '@base-ui/react/popover';
import { CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type messages from '../../lib/i18n/messages/en.json';

export type TermName = keyof typeof messages.terms;

type Props = {
  name: TermName;
  /** The term as it stands in the sentence. */
  children?: ReactNode;
  /** Instead of it: what the term is called, for a mark beside a word that is itself a button. */
  mark?: string;
};

/** A term of art with its one-sentence definition: on hover, and on a press for fingers and keyboards. */
export function Term({ name, children, mark }: Props) {
  const t = useTranslations('terms');
  const ui = useTranslations('ui');
  const id = useId();
  return (
    <Popover.Root>
      <Popover.Trigger
        id={id}
        openOnHover
        aria-label={mark ? ui('meaning', { term: mark }) : undefined}
        className={
          mark
            ? 'inline-flex size-6 cursor-help items-center justify-center rounded-sm text-muted hover:text-ink'
            : 'cursor-help rounded-sm text-left underline decoration-dotted decoration-line-strong underline-offset-4'
        }
      >
        {mark ? <CircleHelp aria-hidden className="size-3.5" /> : children}
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
