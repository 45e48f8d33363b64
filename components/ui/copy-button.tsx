'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from './button.tsx';

const SHOWN_MS = 2000;

type Props = {
  value: string;
  /** Names what is copied: "the key". */
  what: string;
  /** With words; else an icon alone. */
  words?: boolean;
};

/** Copies a text whole, and says so. */
export function CopyButton({ value, what, words = false }: Props) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      // No clipboard without a secure context: the text stands on the page to be marked.
      setCopied(false);
    }
  }
  const label = copied ? t('copied', { what }) : t('copy', { what });
  return (
    <Button
      variant={words ? 'secondary' : 'quiet'}
      size={words ? 'sm' : 'iconSm'}
      {...(words ? {} : { 'aria-label': label })}
      onClick={copy}
    >
      {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      {words ? label : null}
    </Button>
  );
}
