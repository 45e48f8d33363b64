'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type messages from '../../lib/i18n/messages/en.json';
import { Tooltip } from './tooltip.tsx';

export type TermName = keyof typeof messages.terms;

/** A term of art with its one-sentence definition on hover and on focus. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  const t = useTranslations('terms');
  return (
    <Tooltip content={t(name)}>
      <button
        type="button"
        className="cursor-help rounded-sm underline decoration-dotted decoration-line-strong underline-offset-4"
      >
        {children}
      </button>
    </Tooltip>
  );
}
