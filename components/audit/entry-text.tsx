'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Segments } from '../ui/segments.tsx';

/** The entry's text: laid out to be read, or exactly as it was hashed. */
export function EntryText({ entry }: { entry: string }) {
  const t = useTranslations('audit.row');
  const [form, setForm] = useState<'pretty' | 'raw'>('pretty');
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Segments
          label={t('entry')}
          value={form}
          onChange={setForm}
          options={[
            { value: 'pretty', label: t('pretty') },
            { value: 'raw', label: t('raw') },
          ]}
        />
        <CopyButton value={entry} what={t('entryName')} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        tabIndex={0}
        className="max-h-96 overflow-auto whitespace-pre-wrap break-all rounded-md border bg-sunken p-3 font-mono text-xs"
      >
        {form === 'raw' ? entry : laidOut(entry)}
      </pre>
    </div>
  );
}

function laidOut(entry: string): string {
  try {
    return JSON.stringify(JSON.parse(entry), null, 2);
  } catch {
    return entry;
  }
}
