'use client';

import { useTranslations } from 'next-intl';
import { Time } from '../ui/time.tsx';
import { CopyText } from './copy-text.tsx';
import { sdkSnippet } from './sdk-snippet.ts';

export type MadeKey = { key: string; expiresAt: string };
type Props = { made: MadeKey; apiBaseUrl: string; model: string | null };

/** The key, for the only time, and what to do with it. */
export function NewKey({ made, apiBaseUrl, model }: Props) {
  const t = useTranslations('keys.made');
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <CopyText label={t('key')} text={made.key} copy={t('copy')} copied={t('copied')} />
      <p className="text-muted text-sm">
        {t('expires')} <Time short at={made.expiresAt} />.
      </p>
      <CopyText
        label={t('snippet')}
        hint={t('snippetText')}
        text={sdkSnippet({ apiBaseUrl, apiKey: made.key, model: model ?? 'demo-medllama' })}
        copy={t('copySnippet')}
        copied={t('copied')}
      />
    </div>
  );
}
