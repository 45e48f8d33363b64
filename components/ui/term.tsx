'use client';

import { CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type messages from '../../lib/i18n/messages/en.json';
import { useOnDemand } from './use-on-demand.ts';

const load = () => import('./term-surface.tsx');

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
  const { part, ref, button } = useOnDemand(load, { opensOnHover: true });
  const common = {
    id,
    ref,
    'aria-label': mark ? ui('meaning', { term: mark }) : undefined,
    className: mark
      ? 'inline-flex size-6 cursor-help items-center justify-center rounded-sm text-muted hover:text-ink'
      : 'cursor-help rounded-sm text-left underline decoration-dotted decoration-line-strong underline-offset-4',
    children: mark ? <CircleHelp aria-hidden className="size-3.5" /> : children,
  };
  if (part) return <part.TermSurface trigger={common} definition={t(name)} />;
  return <button type="button" aria-haspopup="dialog" aria-expanded={false} {...button} {...common} />;
}
