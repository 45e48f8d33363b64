'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';

/** Code to read and to take along. */
export function CodeBlock({ title, code }: { title: string; code: string }) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // No clipboard without a secure context: the text can be selected.
      setCopied(false);
    }
  }
  return (
    <figure className="min-w-0 rounded-md border bg-sunken">
      <figcaption className="flex min-h-9 items-center justify-between gap-2 border-b px-3 py-1 text-muted text-xs">
        {title}
        <Button
          variant="quiet"
          size="iconSm"
          aria-label={copied ? t('copied', { what: title }) : t('copy', { what: title })}
          onClick={copy}
        >
          {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
        </Button>
      </figcaption>
      {/* Scrolls by itself; a scrolling region must be reachable by keyboard. */}
      <section aria-label={title} className="overflow-x-auto">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
        <pre tabIndex={0} className="w-max p-3 font-mono text-xs">
          {code}
        </pre>
      </section>
    </figure>
  );
}
