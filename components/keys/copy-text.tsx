'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';

type Props = { label: ReactNode; hint?: ReactNode; text: string; copy: string; copied: string };

/** A text in full with a button that copies it. Where there is no clipboard it can still be selected. */
export function CopyText({ label, hint, text, copy, copied }: Props) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  async function write() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      setCopied(false);
    }
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-end justify-between gap-2">
        <span id={id} className="font-medium text-sm">
          {label}
        </span>
        <Button size="sm" onClick={write}>
          {isCopied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
          <span role="status">{isCopied ? copied : copy}</span>
        </Button>
      </div>
      {hint ? <p className="text-muted text-sm">{hint}</p> : null}
      <section
        aria-labelledby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-64 overflow-auto rounded-md border bg-sunken p-3"
      >
        <pre className="select-all whitespace-pre font-mono text-xs">{text}</pre>
      </section>
    </div>
  );
}
