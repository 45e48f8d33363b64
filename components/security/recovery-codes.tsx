'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CopyText } from '../keys/copy-text.tsx';
import { Button } from '../ui/button.tsx';

/** The recovery codes, for the only time, to copy or to keep as a file. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const t = useTranslations('settings.security.codes');
  const text = codes.join('\n');
  function download() {
    const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'fdlr-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <CopyText label={t('label')} hint={t('hint')} text={text} copy={t('copy')} copied={t('copied')} />
      <div>
        <Button size="sm" onClick={download}>
          <Download aria-hidden />
          {t('download')}
        </Button>
      </div>
    </div>
  );
}
