'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { shorten } from '#lib/i18n/quantities';
import { Button } from './button.tsx';

/** An id or hash: shortened in the middle, copied whole. `what` names it for those who cannot see it. */
export function Hash({ value, what }: { value: string; what: string }) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // No clipboard without a secure context: the whole value is in the title.
      setCopied(false);
    }
  }
  return (
    <span className="inline-flex items-center gap-1">
      <code title={value} className="font-mono text-xs">
        {shorten(value)}
      </code>
      <Button
        variant="quiet"
        size="iconSm"
        aria-label={copied ? t('copied', { what }) : t('copy', { what })}
        onClick={copy}
      >
        {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      </Button>
    </span>
  );
}
